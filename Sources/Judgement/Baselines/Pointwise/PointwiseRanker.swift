import Autodiff
import EvaluatorModel
import Features
import Networks
import RandomStreams
import Tensors

/// Predicts the feedback of each candidate from itself, its user and the context; sees no other
/// candidate. Steered through `SteeredGreedy`.
public struct PointwiseRanker: ItemScorer, Fittable {
  public package(set) var parameters: Parameters
  private let encoder: CandidateEncoder
  private let head: ItemSlotHead

  package init(
    _ configuration: PointwiseConfiguration, layout: FeatureLayout, heads: [EvaluatorHead],
    stream: RandomStream
  ) {
    var builder = ParameterBuilder(stream: stream)
    encoder = CandidateEncoder(layout, configuration.encoder, in: &builder)
    head = ItemSlotHead(
      configuration.encoder.width, slots: configuration.slots, hidden: configuration.headHidden,
      heads: heads, in: &builder)
    parameters = builder.parameters
  }

  /// Fits a ranker to the shown slots of logged sessions.
  ///
  /// - Parameters:
  ///   - heads: one per feedback kind of the cache, in its order.
  /// - Throws: `FittingError`, `SessionCacheError`.
  public static func fit(
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

  public var feedback: [String] { head.heads.map(\.feedback) }

  public func values(_ batch: RequestBatch) -> [[[Float]]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    return head.values(encoder(batch, on: tape), offsets: batch.offsets, on: tape)
  }

  /// Only the shown items are encoded: the others have no feedback to learn from.
  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    let shown = RequestBatch(part.sessions.map(\.shownRequest))
    return head.loss(encoder(shown, on: tape), part, on: tape)
  }
}
