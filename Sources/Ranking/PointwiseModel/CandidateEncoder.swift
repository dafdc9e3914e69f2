import Autodiff
import Features
import Networks

/// Encodes every candidate together with its user and context.
package struct CandidateEncoder: Sendable {
  let item: MixedInput
  let user: MixedInput
  let context: MixedInput
  let encoder: ItemEncoder

  package init(
    _ layout: FeatureLayout, _ configuration: CandidateEncoderConfiguration,
    in builder: inout ParameterBuilder
  ) {
    item = MixedInput(side: layout.item, name: "item", in: &builder)
    user = MixedInput(side: layout.user, name: "user", in: &builder)
    context = MixedInput(side: layout.context, name: "context", in: &builder)
    encoder = ItemEncoder(
      items: item.width, request: user.width + context.width, hidden: configuration.hidden,
      fit: configuration.fit, outputs: configuration.width, name: "encoder", in: &builder)
  }

  /// -> `[R, H]`, one row per candidate of the batch.
  package func callAsFunction(_ batch: RequestBatch, on tape: Tape) -> Variable {
    let requests = tape.concatenate([
      user.rows(batch.user, on: tape), context.rows(batch.context, on: tape),
    ])  // [B, D_request]
    return encoder(
      item.rows(batch.item, on: tape), requests: requests, offsets: batch.offsets, on: tape)
  }
}

extension MixedInput {
  fileprivate init(side: SideLayout, name: String, in builder: inout ParameterBuilder) {
    self.init(
      numbers: side.numbers.count,
      categoricals: side.categoricals.map { ($0.name, $0.rows, $0.dimension) },
      bags: side.bags.map { ($0.name, $0.rows, $0.dimension) }, name: name, in: &builder)
  }

  fileprivate func rows(_ side: EncodedSide, on tape: Tape) -> Variable {
    self(
      rows: side.rows, numbers: side.numbers, indices: side.indices,
      bagOffsets: side.bagOffsets, bagIndices: side.bagIndices, on: tape)
  }
}
