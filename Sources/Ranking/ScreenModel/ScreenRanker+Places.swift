import Autodiff
import Features
import Foundation
import Tensors

/// What the model sees of the place of an item.
extension ScreenRanker {
  /// What depends on the place: how far down it is, what stands above, and what below.
  func moving(
    _ prepared: Prepared, rows: [Int32], places: [ListPlace], on tape: Tape
  ) -> Variable {
    var parts = [
      tape.constant(
        Matrix(
          rows: rows.count, columns: 1, scalars: places.map { log2f(Float(1 + $0.slot)) / 4 }))
    ]
    if let ranked, let projected = prepared.ranked {
      // The nearest stands last.
      let pairs = pairs(of: prepared, rows, places.map(\.above)) { $0 - $1 }
      parts.append(ranked(projected, pairs, on: tape))
    }
    if let below, let projected = prepared.below {
      let pairs = pairs(of: prepared, rows, places.map(\.below)) { _, place in place + 1 }
      parts.append(below(projected, pairs, on: tape))
    }
    return parts.count == 1 ? parts[0] : tape.concatenate(parts)
  }

  /// - Parameter distance: of the other item, from how many there are and its place among them.
  private func pairs(
    of prepared: Prepared, _ rows: [Int32], _ others: [[Int32]],
    distance: (_ count: Int, _ place: Int) -> Int
  ) -> Comparisons {
    let side = prepared.batch.item
    var pairs = Comparisons(measure)
    for (row, items) in zip(rows, others) {
      for (place, other) in items.enumerated() {
        pairs.add(
          Int(row), of: side, Int(other), of: side, age: 0,
          places: distance(items.count, place))
      }
      pairs.endRow()
    }
    return pairs
  }
}
