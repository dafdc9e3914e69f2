import Autodiff
import Features
import Networks
import PointwiseModel
import RandomStreams
import Tensors

/// One step of fitting a model to logged sessions: loss, gradients, Adam.
struct FittingStep: Sendable {
  let configuration: FittingConfiguration
  let seed: UInt64
  let workers: Workers

  func optimiser(_ parameters: Parameters) -> Adam {
    var optimiser = Adam.Configuration()
    optimiser.decay = configuration.decay
    return Adam(optimiser, parameters: parameters)
  }

  /// - Parameter number: of the step, from 0.
  /// - Throws: `FittingError.diverged`; the model is then as it was before.
  func take<Model: Fittable>(
    _ number: Int, _ sessions: [EncodedSession], _ model: inout Model, _ adam: inout Adam
  ) throws(FittingError) -> (loss: Double, norm: Double) {
    let (gradients, loss) = gradients(of: model, sessions, step: number)
    guard loss.isFinite else {
      throw .diverged(step: number, learningRate: configuration.learningRate)
    }
    let norm = adam.update(
      &model.parameters, gradients,
      rate: configuration.schedule.rate(step: number, of: configuration.steps))
    return (loss, norm)
  }

  private func gradients<Model: Fittable>(
    of model: Model, _ sessions: [EncodedSession], step: Int
  ) -> (ParameterGradients, Double) {
    let ranges = Shards.ranges(sessions.count, configuration.shards)
    let (seed, rate) = (seed, configuration.unknownRate)
    let results = workers.map(ranges.count) { shard -> (ParameterGradients, Double) in
      let first = ranges[shard].lowerBound
      let own = sessions[ranges[shard]].enumerated().map { i, session in
        var session = session
        var stream = RandomStream(
          seed: seed, "baselines.unknown", step: UInt64(step), request: UInt64(first + i))
        FittedSchema.dropToOutOfVocabulary(&session.request, rate: rate, using: &stream)
        return session
      }
      let tape = Tape(parameters: model.parameters.values)
      let loss = model.loss(
        FittingPart(sessions: own, total: sessions.count, step: step, first: first, seed: seed),
        on: tape)
      let gradients = ParameterGradients(
        tape.gradients(of: loss), parameters: model.parameters.values.count)
      return (gradients, Double(tape.value(loss).scalars[0]))
    }
    return (
      ParameterGradients.sum(results.map(\.0), workers: workers),
      results.reduce(0) { $0 + $1.1 }
    )
  }
}
