package import Features
package import GeneratorModel
import Networks
import Objectives
import RandomStreams
package import Tensors

/// Trains a generator further at one w: the specialist that Fader's price of control is measured
/// against, or a single-objective model to interpolate.
package struct Refinement: Sendable {
  private let cache: SessionCache
  private let utilities: UtilityModel
  private let configuration: TrainingConfiguration
  private let workers: Workers

  /// - Parameter configuration: its seed names the streams, its generator section the recipe.
  package init(
    cache: SessionCache, utilities: UtilityModel, configuration: TrainingConfiguration,
    workers: Workers
  ) {
    self.cache = cache
    self.utilities = utilities
    self.configuration = configuration
    self.workers = workers
  }

  /// A new generator that has imitated logged lists and nothing else: where single-objective models
  /// that are to be mixed all start.
  package func imitator(
    _ sizes: GeneratorConfiguration, layout: FeatureLayout
  ) throws -> Generator {
    let settings = configuration.generator
    var generator = Generator(
      sizes, layout: layout, objectives: utilities.objectives,
      stream: RandomStream(seed: configuration.seed, "refinement.initial"))
    var adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    var order = self.order
    for step in 0..<settings.imitationSteps {
      let sessions = try cache.sessions(at: order.indices(step: step))
      let gradients = Imitation(
        generator: generator, settings: settings, seed: configuration.seed
      ).step(sessions, step: step, shards: configuration.shards, workers: workers).gradients
      adam.update(&generator.parameters, gradients, rate: Float(settings.learningRate))
    }
    return generator
  }

  /// - Parameters:
  ///   - weights: the only w.
  ///   - rate: peak learning rate.
  package func refined(
    _ start: Generator, weights: [Float], steps: Int, rate: Double
  ) throws -> Generator {
    var settings = configuration.generator
    settings.weights.fixed = weights.map(Double.init)
    let schedule = LearningRate(peak: rate, warmup: min(5, steps), floor: 0.1)
    var generator = start
    var adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    var order = self.order
    var squares: Double?
    for step in 0..<steps {
      let sessions = try cache.sessions(at: order.indices(step: step))
      let (gradients, sums) = PolicyGradient(
        generator: generator, utilities: utilities, settings: settings, seed: configuration.seed,
        scale: squares.map { Float(max($0, 1e-12).squareRoot()) } ?? 1
      ).step(sessions, step: step, shards: configuration.shards, workers: workers)
      adam.update(
        &generator.parameters, gradients, rate: schedule.rate(step: step, of: steps),
        workers: workers)
      let own = sums.squares / sums.requests
      squares = squares.map { 0.95 * $0 + 0.05 * own } ?? own
    }
    return generator
  }

  private var order: BatchOrder {
    var stream = RandomStream(seed: configuration.seed, "refinement.order")
    return BatchOrder(
      count: cache.count, batch: min(configuration.generator.batch, cache.count),
      seed: stream.next())
  }
}
