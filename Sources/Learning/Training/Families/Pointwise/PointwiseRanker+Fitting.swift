package import Autodiff
package import EvaluatorModel
package import Features
package import PointwiseModel
import RandomStreams
package import Tensors

extension PointwiseRanker: Fittable {
  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    loss(part.sessions, of: part.total, on: tape)
  }

  /// Fits a ranker to the shown slots of logged sessions, all in one go.
  ///
  /// - Parameter heads: one per feedback kind of the cache, in its order.
  /// - Throws: `FittingError`, `SessionCacheError`.
  package static func fit(
    _ cache: SessionCache, layout: FeatureLayout, heads: [EvaluatorHead],
    configuration: PointwiseConfiguration = PointwiseConfiguration(), seed: UInt64,
    workers: Workers, progress: FittingProgress? = nil
  ) throws -> PointwiseRanker {
    let faults = configuration.validate()
    guard faults.isEmpty else { throw FittingError.configuration(faults) }
    let initial = PointwiseRanker(
      configuration, layout: layout, heads: heads,
      stream: RandomStream(seed: seed, "baselines.pointwise"))
    return try Fitting(
      cache: cache, configuration: configuration.fitting, seed: seed, workers: workers,
      progress: progress
    ).run(initial)
  }
}
