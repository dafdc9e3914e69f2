import Foundation
import ItemLabels
import Tensors

/// Labelled items as sparse rows, and the loss of a logistic regression on them.
struct LinearRows: Sendable {
  /// Columns of all rows.
  let width: Int
  /// Row r has the entries `offsets[r] ..< offsets[r + 1]`.
  private var offsets = [0]
  private var columns: [Int32] = []
  private var values: [Float] = []
  private var labels: [Double] = []
  /// Parts whose sums are added in order, so that the sum does not depend on the workers.
  private static let shards = 8

  init(_ sessions: [ShownItems], kind: String, inputs: LinearInputs) {
    width = inputs.width
    for items in sessions {
      for (item, label) in (items.labels[kind] ?? []).enumerated() {
        inputs.forEachInput(ofItem: item, slot: items.slots[item], items.request) {
          columns.append(Int32($0))
          values.append(Float($1))
        }
        offsets.append(columns.count)
        labels.append(label)
      }
    }
  }

  var count: Int { labels.count }

  /// Mean log loss plus `l2 / 2` times the squared weights but for the last, the constant.
  func loss(
    _ weights: [Double], l2: Double, workers: Workers
  ) -> (value: Double, gradient: [Double]) {
    let parts = workers.map(Self.shards) { shard in
      sums(count * shard / Self.shards..<count * (shard + 1) / Self.shards, weights)
    }
    var value = 0.0
    var gradient = [Double](repeating: 0, count: width)
    for part in parts {
      value += part.value
      for column in gradient.indices { gradient[column] += part.gradient[column] }
    }
    value /= Double(max(1, count))
    for column in gradient.indices {
      gradient[column] /= Double(max(1, count))
      guard column < width - 1 else { continue }
      value += l2 / 2 * weights[column] * weights[column]
      gradient[column] += l2 * weights[column]
    }
    return (value, gradient)
  }

  private func sums(
    _ rows: Range<Int>, _ weights: [Double]
  ) -> (value: Double, gradient: [Double]) {
    var value = 0.0
    var gradient = [Double](repeating: 0, count: width)
    for row in rows {
      let entries = offsets[row]..<offsets[row + 1]
      var margin = 0.0
      for entry in entries { margin += weights[Int(columns[entry])] * Double(values[entry]) }
      // log(1 + e^m) - y m, without overflow for large |m|.
      value += max(margin, 0) + log1p(exp(-abs(margin))) - labels[row] * margin
      let error = 1 / (1 + exp(-margin)) - labels[row]
      for entry in entries { gradient[Int(columns[entry])] += error * Double(values[entry]) }
    }
    return (value, gradient)
  }
}
