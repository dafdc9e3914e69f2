package import Autodiff
import Tensors

/// Encodes each item together with its request: `MLP([item; request; item P * request Q])`.
///
/// The request's part of the first layer is computed once per request and added to its items,
/// which is the same sum as for the concatenation. The elementwise product of two projections lets
/// one layer express how well an item fits the user, which a plain MLP needs many units for.
package struct ItemEncoder: Sendable {
  /// `D_item -> H1`, with the bias of both.
  package let item: Linear
  /// `D_request -> H1`
  package let request: Linear
  /// `D_item -> P` and `D_request -> P`
  package let itemFit: Linear
  package let requestFit: Linear
  /// `P -> H1`
  package let fit: Linear
  /// `H1 -> H`
  package let output: Linear

  package init(
    items: Int, request requestWidth: Int, hidden: Int, fit fitWidth: Int, outputs: Int,
    name: String, in builder: inout ParameterBuilder
  ) {
    (item, request, itemFit, requestFit, fit, output) = builder.scope(name) { builder in
      (
        Linear(items, hidden, name: "item", in: &builder),
        Linear(requestWidth, hidden, bias: false, name: "request", in: &builder),
        Linear(items, fitWidth, name: "item_fit", in: &builder),
        Linear(requestWidth, fitWidth, name: "request_fit", in: &builder),
        Linear(fitWidth, hidden, bias: false, name: "fit", in: &builder),
        Linear(hidden, outputs, gain: 6, name: "output", in: &builder)
      )
    }
  }

  /// `items [R, D_item]`, `requests [B, D_request]` -> `[R, H]`; request b has items
  /// `offsets[b] ..< offsets[b + 1]`.
  package func callAsFunction(
    _ items: Variable, requests: Variable, offsets: [Int], on tape: Tape
  ) -> Variable {
    let match = tape.elementwiseProduct(
      itemFit(items, on: tape),
      tape.repeatRows(requestFit(requests, on: tape), offsets: offsets))  // [R, P]
    let hidden = tape.linear(
      [
        LinearTerm(items, weight: tape.parameter(item.weight)),
        LinearTerm(requests, weight: tape.parameter(request.weight), segments: offsets),
        LinearTerm(match, weight: tape.parameter(fit.weight)),
      ], bias: item.bias.map { tape.parameter($0) }, rectified: true)  // [R, H1]
    return output(hidden, rectified: true, on: tape)
  }
}
