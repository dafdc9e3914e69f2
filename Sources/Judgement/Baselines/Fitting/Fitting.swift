import Autodiff
import Features
import Networks
import RandomStreams
import Tensors
import Training

/// Called after every step with its number, from 0, and its loss.
public typealias FittingProgress = (_ step: Int, _ loss: Double) -> Void

/// A model that `Fitting` can fit.
package protocol Fittable: Sendable {
  var parameters: Parameters { get set }

  /// `[1, 1]`: sum over the part's sessions of their loss, each divided by `part.total`, on a tape
  /// that holds `parameters`.
  func loss(_ part: FittingPart, on tape: Tape) -> Variable
}

/// The sessions of one shard of one step.
package struct FittingPart: Sendable {
  /// Some of their categories turned into unknown ones.
  package let sessions: [EncodedSession]
  /// Sessions of the whole step.
  let total: Int
  let step: Int
  /// Place of the first session in the step's batch.
  let first: Int
  let seed: UInt64

  package init(
    sessions: [EncodedSession], total: Int, step: Int, first: Int, seed: UInt64
  ) {
    self.sessions = sessions
    self.total = total
    self.step = step
    self.first = first
    self.seed = seed
  }

  /// A stream of session i of the part, for this step only.
  func stream(_ name: StaticString, _ i: Int) -> RandomStream {
    RandomStream(seed: seed, name, step: UInt64(step), request: UInt64(first + i))
  }
}

/// Adam over shuffled batches of a cache. Equal seeds give equal parameters with any number of
/// workers: the shards are fixed and their gradients are summed in order.
struct Fitting {
  let cache: SessionCache
  let configuration: FittingConfiguration
  let seed: UInt64
  let workers: Workers
  let progress: FittingProgress?

  func run<Model: Fittable>(_ initial: Model) throws -> Model {
    guard cache.count > 0 else { throw FittingError.noSessions(path: cache.path) }
    var model = initial
    var optimiser = Adam.Configuration()
    optimiser.decay = configuration.decay
    var adam = Adam(optimiser, parameters: model.parameters)
    var order = BatchOrder(
      count: cache.count, batch: min(configuration.batch, cache.count), seed: seed)
    for step in 0..<configuration.steps {
      let sessions = try cache.sessions(at: order.indices(step: step))
      let (gradients, loss) = gradients(of: model, sessions, step: step)
      guard loss.isFinite else {
        throw FittingError.diverged(step: step, learningRate: configuration.learningRate)
      }
      adam.update(
        &model.parameters, gradients,
        rate: configuration.schedule.rate(step: step, of: configuration.steps))
      progress?(step, loss)
    }
    return model
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
