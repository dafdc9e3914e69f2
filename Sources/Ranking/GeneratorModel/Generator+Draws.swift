import Autodiff
package import Features
package import ListPolicy
import Networks
package import Tensors

extension Generator {
  /// Draws from the policy for one request under theta(w), with one encoding.
  ///
  /// - Parameters:
  ///   - batch: one request.
  ///   - theta: `finalLayers(w)`, `[1, S]`.
  ///   - lists: how many; equal ones may occur.
  ///   - seed: names the draws.
  ///   - isOver: as in `ListPolicy.lists`.
  package func draws(
    _ batch: RequestBatch, theta: Matrix, length: Int, lists: Int,
    constraints: DecodingConstraints = .none, seed: UInt64, isOver: () -> Bool = { false }
  ) -> [DecodedList] {
    precondition(batch.requestCount == 1, "draws are of one request, got \(batch.requestCount)")
    let tape = Tape(parameters: parameters.values, recording: false)
    let (items, steps) = decode(
      batch, theta: tape.constant(theta), lengths: [length], lists: lists,
      constraints: [constraints], policy: .sample(seed: seed, step: 0, firstRequest: 0), on: tape,
      isOver: isOver)
    return items.enumerated().map { k, list in
      DecodedList(
        items: list, logProbabilities: list.indices.map { tape.value(steps[$0])[k, 0] })
    }
  }
}
