package import Autodiff
import FeatureInputs
package import Features
package import Networks

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
    item = MixedInput(layout.item, name: "item", in: &builder)
    user = MixedInput(layout.user, name: "user", in: &builder)
    context = MixedInput(layout.context, name: "context", in: &builder)
    encoder = ItemEncoder(
      items: item.width, request: user.width + context.width, hidden: configuration.hidden,
      fit: configuration.fit, outputs: configuration.width, name: "encoder", in: &builder)
  }

  /// -> `[R, H]`, one row per candidate of the batch.
  package func callAsFunction(_ batch: RequestBatch, on tape: Tape) -> Variable {
    let requests = tape.concatenate([
      user(batch.user, on: tape), context(batch.context, on: tape),
    ])  // [B, D_request]
    return encoder(
      item(batch.item, on: tape), requests: requests, offsets: batch.offsets, on: tape)
  }
}
