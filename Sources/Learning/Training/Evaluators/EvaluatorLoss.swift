import Autodiff
package import EvaluatorModel
package import Features
package import Networks
import RandomStreams
package import Tensors

/// The loss of an evaluator on logged sessions, one term per head, each the mean over the slots
/// for which the log says something.
package struct EvaluatorLoss: Sendable {
  /// Beyond this many standard deviations an error of a number counts linearly (Huber).
  static let delta: Float = 3

  let evaluator: Evaluator
  let unknownRate: Double
  /// Names the streams of this member.
  let seed: UInt64

  package init(evaluator: Evaluator, unknownRate: Double, seed: UInt64) {
    self.evaluator = evaluator
    self.unknownRate = unknownRate
    self.seed = seed
  }

  /// Gradients and mean loss of one step.
  package func step(
    _ sessions: [EncodedSession], step: Int, shards: Int, workers: Workers
  ) -> (gradients: ParameterGradients, loss: Double) {
    let heads = evaluator.heads
    let observed = heads.indices.map { h in
      sessions.reduce(0) { $0 + $1.feedback[h].prefix(evaluator.slots).count { !$0.isNaN } }
    }
    let parts = Shards.ranges(sessions.count, shards)
    let results = workers.map(parts.count) { part -> (ParameterGradients, Double) in
      let tape = Tape(parameters: evaluator.parameters.values)
      let loss = self.loss(
        Array(sessions[parts[part]]), observed: observed, step: step,
        first: parts[part].lowerBound, on: tape)
      let gradients = ParameterGradients(
        tape.gradients(of: loss), parameters: evaluator.parameters.values.count)
      return (gradients, Double(tape.value(loss).scalars[0]))
    }
    return (
      ParameterGradients.sum(results.map(\.0), workers: workers),
      results.reduce(0) { $0 + $1.1 }
    )
  }

  private func loss(
    _ sessions: [EncodedSession], observed: [Int], step: Int, first: Int, on tape: Tape
  ) -> Variable {
    var requests = sessions.map(\.shownRequest)
    for i in requests.indices {
      var stream = RandomStream(
        seed: seed, "evaluator.unknown", step: UInt64(step), request: UInt64(first + i))
      FittedSchema.dropToOutOfVocabulary(&requests[i], rate: unknownRate, using: &stream)
    }
    let lists = ListBatch(sessions.map { Array($0.shown.indices) })
    let outputs = evaluator.outputs(RequestBatch(requests), lists, on: tape)
    let terms = evaluator.heads.indices.map { h -> Variable in
      let head = evaluator.heads[h]
      let (targets, weights) = self.targets(sessions, head: h, observed: observed[h])
      let column = tape.columns(h..<h + 1, of: outputs)
      return head.kind == .binary
        ? tape.sigmoidCrossEntropy(column, targets: targets, weights: weights)
        : tape.huber(column, targets: targets, weights: weights, delta: Self.delta)
    }
    return terms.dropFirst().reduce(terms[0]) { tape.add($0, $1) }
  }

  /// Targets and weights of one head over all slots `[L N]`; unobserved slots weigh 0.
  private func targets(
    _ sessions: [EncodedSession], head h: Int, observed: Int
  ) -> (targets: [Float], weights: [Float]) {
    let n = evaluator.slots
    var targets = [Float](repeating: 0, count: sessions.count * n)
    var weights = targets
    for (l, session) in sessions.enumerated() {
      for (t, value) in session.feedback[h].prefix(n).enumerated() where !value.isNaN {
        targets[l * n + t] = value / evaluator.heads[h].unit
        weights[l * n + t] = 1 / Float(max(1, observed))
      }
    }
    return (targets, weights)
  }
}

/// The fixed parts of a batch: contiguous, as equal as can be, a function of the batch alone.
package enum Shards {
  package static func ranges(_ count: Int, _ shards: Int) -> [Range<Int>] {
    let parts = max(1, min(shards, count))
    return (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
  }
}
