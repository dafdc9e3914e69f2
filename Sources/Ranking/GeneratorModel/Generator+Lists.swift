import Autodiff
package import Features
package import ListPolicy
import Networks
package import Tensors

extension Generator {
  /// One list per request under theta(w), with the log-probability of each pick.
  ///
  /// - Parameters:
  ///   - theta: `finalLayers(w)` of each request, `[1, S]` each.
  ///   - lengths: list length per request.
  ///   - isOver: as in `ListPolicy.lists`.
  package func lists(
    _ batch: RequestBatch, theta: [Matrix], lengths: [Int],
    constraints: [DecodingConstraints]? = nil, policy: DecodingPolicy = .greedy,
    isOver: () -> Bool = { false }
  ) -> [DecodedList] {
    let tape = Tape(parameters: parameters.values, recording: false)
    let width = theta.first?.columns ?? 0
    // One request takes its own as it is: it is by far the largest array of the decoder.
    let rows =
      theta.count == 1
      ? theta[0]
      : Matrix(rows: theta.count, columns: width, scalars: theta.flatMap(\.scalars))
    let (lists, steps) = decode(
      batch, theta: tape.constant(rows), lengths: lengths, lists: 1, constraints: constraints,
      policy: policy, on: tape, isOver: isOver)
    return lists.enumerated().map { b, items in
      DecodedList(
        items: items, logProbabilities: items.indices.map { tape.value(steps[$0])[b, 0] })
    }
  }
}
