import Checkpoints
import Networks

/// What an ensemble of evaluators is for; each role has its own place in a checkpoint.
package enum EvaluatorRole: String, Sendable, CaseIterable {
  /// The generator is trained against it.
  case training
  /// The honest referee: fitted on other users with other seeds, never shown to the generator.
  case judge

  /// Section of `bundle.json` with the record.
  package var section: String {
    switch self {
    case .training: "evaluator"
    case .judge: "judge"
    }
  }

  /// File with the parameters. The judge has its own, which serving never opens.
  package var file: String {
    switch self {
    case .training: CheckpointFolder.modelFile
    case .judge: "judge.safetensors"
    }
  }
}
