package import Autodiff
package import EvaluatorModel
package import Features
package import Networks
package import RandomStreams
import Tensors

/// Predicts the feedback of each candidate from itself, its user and the context; sees no other
/// candidate. Steered through `SteeredWriter`.
package struct PointwiseRanker: ItemScorer {
  package var parameters: Parameters
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

  package var feedback: [String] { head.heads.map(\.feedback) }

  package func values(_ batch: RequestBatch) -> [[[Float]]] {
    let tape = Tape(parameters: parameters.values, recording: false)
    return head.values(encoder(batch, on: tape), offsets: batch.offsets, on: tape)
  }

  /// `[1, 1]`: mean loss of the shown items per session, summed over sessions and divided by `total`.
  ///
  /// Only the shown items are encoded: the others have no feedback to learn from.
  package func loss(_ sessions: [EncodedSession], of total: Int, on tape: Tape) -> Variable {
    let shown = RequestBatch(sessions.map(\.shownRequest))
    return head.loss(encoder(shown, on: tape), sessions, of: total, on: tape)
  }
}
