package import Features
package import ListPolicy
package import Networks

/// Takes the steps of training one policy.
///
/// The stage around it picks the sessions, watches, logs, asks the judge and writes checkpoints. A step
/// is a function of what is in a checkpoint, the sessions and the step's number.
package protocol PolicyTrainer {
  associatedtype Policy: ListPolicy

  /// Whether the policy is of use before its first step, so that training can do harm to it.
  var startsUseful: Bool { get }

  var policy: Policy { get }
  /// The policy's.
  var parameters: Parameters { get set }
  var adam: Adam { get set }
  /// Numbers beside tensors that the next step depends on, by the name that `state.json` gives them.
  var memory: [String: Double] { get set }

  /// - Parameter number: of the step, from 0.
  mutating func step(_ sessions: [EncodedSession], number: Int) throws -> StepFigures
}

extension PolicyTrainer {
  /// Nothing to keep.
  package var memory: [String: Double] {
    get { [:] }
    set {}
  }
}

/// What is to be said of a step.
package struct StepFigures {
  /// For the log, by names that the family's is put before.
  var values: [String: Double]
  /// For the progress line.
  var shown: [ProgressLine.Figure]
  /// For the watch over health; nil when the step says nothing about it.
  var sample: HealthSample?
}

extension PolicyTrainer {
  var startsUseful: Bool { false }
}
