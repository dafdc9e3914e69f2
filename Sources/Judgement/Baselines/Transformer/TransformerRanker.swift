package import Autodiff
package import EvaluatorModel
package import Features
package import Networks
import PointwiseModel
package import RandomStreams
package import Tensors
package import Training

/// Predicts the feedback of each candidate in view of all candidates and of the order they came in:
/// PRM (Pei et al., "Personalized Re-ranking for Recommendation", RecSys 2019).
///
/// Unlike there, every feedback kind has an output, and the slot in which an item was shown is an
/// input of the head in training (`ItemSlotHead`). Steered through `SteeredGreedy`.
package struct TransformerRanker: ItemScorer, Fittable {
  package var parameters: Parameters
  private let upstream: UpstreamOrder
  private let encoder: CandidateEncoder
  /// `[positions, H]`
  private let position: ParameterID
  private let positions: Int
  private let blocks: [TransformerBlock]
  private let head: ItemSlotHead

  package init(
    _ configuration: TransformerConfiguration, upstream: UpstreamOrder, layout: FeatureLayout,
    heads: [EvaluatorHead], stream: RandomStream
  ) {
    var builder = ParameterBuilder(stream: stream)
    let c = configuration
    self.upstream = upstream
    positions = c.positions
    encoder = CandidateEncoder(layout, c.encoder, in: &builder)
    position = builder.normal(
      "position", rows: c.positions, columns: c.encoder.width, deviation: 0.1)
    blocks = (0..<c.blocks).map {
      TransformerBlock(
        c.encoder.width, heads: c.heads, hidden: c.feedForward, name: "block.\($0)", in: &builder)
    }
    head = ItemSlotHead(
      c.encoder.width, slots: c.slots, hidden: c.headHidden, heads: heads, in: &builder)
    parameters = builder.parameters
  }

  /// Fits a ranker to logged sessions: all candidates go in, the loss is on the shown ones.
  ///
  /// - Parameters:
  ///   - heads: one per feedback kind of the cache, in its order.
  ///   - upstream: the order that came in.
  /// - Throws: `FittingError`, `SessionCacheError`.
  package static func fit(
    _ cache: SessionCache, layout: FeatureLayout, heads: [EvaluatorHead], upstream: UpstreamOrder,
    configuration: TransformerConfiguration = TransformerConfiguration(), seed: UInt64,
    workers: Workers, progress: FittingProgress? = nil
  ) throws -> TransformerRanker {
    let faults = configuration.validate()
    guard faults.isEmpty else { throw FittingError.configuration(faults) }
    let initial = TransformerRanker(
      configuration, upstream: upstream, layout: layout, heads: heads,
      stream: RandomStream(seed: seed, "baselines.transformer"))
    return try Fitting(
      cache: cache, configuration: configuration.fitting, seed: seed, workers: workers,
      progress: progress
    ).run(initial)
  }

  package var feedback: [String] { head.heads.map(\.feedback) }

  package func values(_ batch: RequestBatch) -> [[[Float]]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    return head.values(encoded(batch, on: tape), offsets: batch.offsets, on: tape)
  }

  package func loss(_ part: FittingPart, on tape: Tape) -> Variable {
    let batch = RequestBatch(part.sessions.map(\.request))
    let shown = part.sessions.enumerated().flatMap { b, session in
      session.shown.map { Int32(batch.offsets[b]) + $0 }
    }
    return head.loss(
      tape.gatherRows(encoded(batch, on: tape), shown), part.sessions, of: part.total, on: tape)
  }

  /// Candidates in view of each other: `[R, H]`.
  func encoded(_ batch: RequestBatch, on tape: Tape) -> Variable {
    let order = UpstreamSlots(batch, upstream)
    let ranks = order.rows.indices.map { place in
      order.rows[place] < 0 ? -1 : Int32(min(place % order.slots, positions - 1))
    }
    var x = tape.add(
      tape.gatherRows(encoder(batch, on: tape), order.rows),
      tape.gatherRows(tape.parameter(position), ranks))  // [B N, H]
    for block in blocks {
      x = block(x, slots: order.slots, lengths: order.lengths, on: tape)
    }
    return tape.gatherRows(x, order.places)
  }
}
