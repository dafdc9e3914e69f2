package import Autodiff
package import Features
package import Networks
package import PointwiseModel
package import RandomStreams
package import Tensors

/// Called after every step with its number, from 0, and its loss.
package typealias FittingProgress = (_ step: Int, _ loss: Double) -> Void

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
  package let total: Int
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
  package func stream(_ name: StaticString, _ i: Int) -> RandomStream {
    RandomStream(seed: seed, name, step: UInt64(step), request: UInt64(first + i))
  }
}

/// Adam over shuffled batches of a cache. Equal seeds give equal parameters with any number of
/// workers: the shards are fixed and their gradients are summed in order.
package struct Fitting {
  let cache: SessionCache
  let step: FittingStep
  let progress: FittingProgress?

  package init(
    cache: SessionCache, configuration: FittingConfiguration, seed: UInt64, workers: Workers,
    progress: FittingProgress?
  ) {
    self.cache = cache
    step = FittingStep(configuration: configuration, seed: seed, workers: workers)
    self.progress = progress
  }

  package func run<Model: Fittable>(_ initial: Model) throws -> Model {
    guard cache.count > 0 else { throw FittingError.noSessions(path: cache.path) }
    let configuration = step.configuration
    var model = initial
    var adam = step.optimiser(model.parameters)
    var order = BatchOrder(
      count: cache.count, batch: min(configuration.batch, cache.count), seed: step.seed)
    for number in 0..<configuration.steps {
      let sessions = try cache.sessions(at: order.indices(step: number))
      let loss = try step.take(number, sessions, &model, &adam).loss
      progress?(number, loss)
    }
    return model
  }
}
