package import Autodiff
package import Features
package import GeneratorModel
package import Networks
import Objectives
import RandomStreams
package import Tensors

/// One step of imitating the logged lists, whatever w is: a start from which REINFORCE meets
/// lists that are worth telling apart.
package struct Imitation: Sendable {
  let generator: Generator
  let settings: GeneratorTraining
  let seed: UInt64

  package init(generator: Generator, settings: GeneratorTraining, seed: UInt64) {
    self.generator = generator
    self.settings = settings
    self.seed = seed
  }

  /// Gradients of `-mean_b log pi(L_b) / n_b`, and its value.
  package func step(
    _ sessions: [EncodedSession], step: Int, shards: Int, workers: Workers
  ) -> (gradients: ParameterGradients, loss: Double) {
    let parts = Shards.ranges(sessions.count, shards)
    let results = workers.map(parts.count) { part -> (ParameterGradients, Double) in
      let own = Array(sessions[parts[part]])
      let first = parts[part].lowerBound
      let weights = own.indices.map { b in
        var stream = RandomStream(
          seed: seed, "generator.weights", step: UInt64(step), request: UInt64(first + b))
        return settings.weights.sample(count: generator.objectives.count, using: &stream)
      }
      let tape = Tape(parameters: generator.parameters.values)
      let loss = self.loss(own, weights, of: sessions.count, step: step, first: first, on: tape)
      let gradients = ParameterGradients(
        tape.gradients(of: loss), parameters: generator.parameters.values.count)
      return (gradients, Double(tape.value(loss).scalars[0]))
    }
    return (
      ParameterGradients.sum(results.map(\.0), workers: workers),
      results.reduce(0) { $0 + $1.1 }
    )
  }

  private func loss(
    _ sessions: [EncodedSession], _ weights: [[Float]], of total: Int, step: Int, first: Int,
    on tape: Tape
  ) -> Variable {
    let batch = RequestBatch(
      sessions.requestsWithUnknowns(
        rate: settings.unknownRate, seed: seed, step: step, first: first))
    return generator.imitationLoss(
      sessions.map { $0.shown.map { Int($0) } }, batch,
      theta: generator.finalLayers(weights, on: tape), total: total, on: tape)
  }
}

extension Generator {
  /// `-weight sum_b log pi(L_b) / (n_b total)` over the requests of a batch that have a list.
  ///
  /// - Parameter total: requests of the whole step.
  package func imitationLoss(
    _ lists: [[Int]?], _ batch: RequestBatch, theta: Variable, weight: Float = 1, total: Int,
    on tape: Tape
  ) -> Variable {
    // One place is enough where nothing is imitated.
    let given = lists.map { $0 ?? [0] }
    let steps = decode(
      batch, theta: theta, lengths: given.map(\.count), lists: 1, policy: .given(given), on: tape
    ).steps
    let terms = steps.enumerated().map { t, variable in
      let coefficients = lists.flatMap { list -> [Float] in
        guard let list, t < list.count else { return [0, 0] }
        return [-weight / Float(total * list.count), 0]
      }
      return tape.weightedSum(variable, weights: coefficients)
    }
    return terms.dropFirst().reduce(terms[0]) { tape.add($0, $1) }
  }
}
