import Baselines
import Features
import PointwiseModel

/// Item values that come straight from the first number of an item.
struct FixedScorer: ItemScorer {
  let feedback = ["click"]

  func values(_ batch: RequestBatch) -> [[[Float]]] {
    let width = batch.item.numbers.count / max(1, batch.item.rows)
    return (0..<batch.requestCount).map { b in
      [
        (batch.offsets[b]..<batch.offsets[b + 1]).map {
          1 / (1 + abs(batch.item.numbers[$0 * width]))
        }
      ]
    }
  }
}
