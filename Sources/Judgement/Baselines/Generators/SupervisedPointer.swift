package import Autodiff
package import Features
package import GeneratorModel
package import Networks
package import Objectives
package import OfflineEvaluation
package import PointwiseModel
import RandomStreams
package import Tensors
package import Training

/// The generator's architecture taught by examples instead of rewards: maximum likelihood of the
/// lists that `SteeredGreedy` writes, for a w drawn per request.
///
/// What it lacks to the generator is REINFORCE and an evaluator of lists; so the difference of the
/// two is what those are worth.
package struct SupervisedPointer: ListMethod, Fittable {
  package private(set) var generator: Generator
  private let teacher: SteeredGreedy
  private let weights: WeightSampling

  package var parameters: Parameters {
    get { generator.parameters }
    set { generator.parameters = newValue }
  }

  package init(generator: Generator, teacher: SteeredGreedy, weights: WeightSampling) {
    self.generator = generator
    self.teacher = teacher
    self.weights = weights
  }

  /// Fits a generator to the lists of a teacher.
  ///
  /// - Parameters:
  ///   - scorer: a fitted one; predicts all feedback kinds of the objectives.
  /// - Throws: `FittingError`, `SessionCacheError`.
  package static func fit(
    _ cache: SessionCache, layout: FeatureLayout, objectives: ObjectiveSet,
    teacher scorer: any ItemScorer,
    configuration: SupervisedPointerConfiguration = SupervisedPointerConfiguration(),
    seed: UInt64, workers: Workers, progress: FittingProgress? = nil
  ) throws -> SupervisedPointer {
    let faults = configuration.validate()
    guard faults.isEmpty else { throw FittingError.configuration(faults) }
    let generator = Generator(
      configuration.generator, layout: layout, objectives: objectives,
      stream: RandomStream(seed: seed, "baselines.supervised_pointer"))
    let initial = SupervisedPointer(
      generator: generator, teacher: SteeredGreedy(scorer, objectives: objectives),
      weights: configuration.weights)
    return try Fitting(
      cache: cache, configuration: configuration.fitting, seed: seed, workers: workers,
      progress: progress
    ).run(initial)
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    generator.greedyLists(for: requests, weights: weights)
  }

  /// `-mean_b log pi_w(L_b) / n_b`, with L_b the teacher's list for the same w.
  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    let batch = RequestBatch(part.sessions.map(\.request))
    let w = part.sessions.indices.map { b in
      var stream = part.stream("baselines.weights", b)
      return weights.sample(count: generator.objectives.count, using: &stream)
    }
    let labels = teacher.lists(batch, lengths: part.sessions.map(\.shown.count), weights: w)
    let steps = generator.decode(
      batch, theta: generator.finalLayers(w, on: tape), lengths: labels.map(\.count), lists: 1,
      policy: .given(labels), on: tape
    ).steps
    let terms = steps.enumerated().map { t, variable in
      let coefficients = labels.flatMap { list -> [Float] in
        t < list.count ? [-1 / Float(part.total * list.count), 0] : [0, 0]
      }
      return tape.weightedSum(variable, weights: coefficients)
    }
    return tape.sum(terms)
  }
}
