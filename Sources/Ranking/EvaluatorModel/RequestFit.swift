import Autodiff
import Networks
import Tensors

/// How an item fits its request, as a bilinear form of their features for each head:
/// `<P item, Q_h request> / sqrt(width)`.
///
/// P starts at random and Q at zero, so the form starts at zero and is linear in Q at first: which of
/// all products of two features count is found as quickly as the weights of the features themselves.
struct RequestFit: Sendable {
  private let item: Linear
  private let request: Linear
  private let heads: Int
  private let width: Int

  init(items: Int, requests: Int, width: Int, heads: Int, in builder: inout ParameterBuilder) {
    (item, request) = builder.scope("fit") { builder in
      (
        Linear(items, width, bias: false, name: "item", in: &builder),
        Linear(requests, width * heads, bias: false, gain: 0, name: "request", in: &builder)
      )
    }
    self.heads = heads
    self.width = width
  }

  /// - Parameters:
  ///   - items: `[R, D_item]`
  ///   - requests: `[B, D_request]`
  ///   - offsets: start of each request's candidates, and the end.
  /// - Returns: `[R, heads]`
  func callAsFunction(
    _ items: Variable, requests: Variable, offsets: [Int], on tape: Tape
  ) -> Variable {
    let projected = item(items, on: tape)
    let wanted = request(requests, on: tape)  // [B, heads width]
    let scale = 1 / Float(width).squareRoot()
    let sum = tape.constant(Matrix(rows: width, columns: 1, repeating: scale))
    return tape.concatenate(
      (0..<heads).map { h in
        let own = tape.columns(h * width..<(h + 1) * width, of: wanted)
        return tape.linear(
          tape.elementwiseProduct(projected, tape.repeatRows(own, offsets: offsets)), weight: sum)
      })
  }
}
