import Features
import Objectives

/// How alike two candidates are: `a share of equal groups + (1 - a) cosine of the encoded numbers`.
///
/// The groups are those that rules read; without any, the cosine counts alone. An item
/// is 1 to itself. Symmetric and positive semidefinite, as a sum of such kernels with weights of at
/// least 0.
struct ItemSimilarity: Sendable {
  /// `[group column][M]`
  private let groups: [[Float]]
  /// `[M]` numbers of length 1, or all 0.
  private let directions: [[Float]]
  private let groupShare: Float

  /// - Parameter groupColumns: places among the request's columns.
  init(_ batch: RequestBatch, request b: Int, groupColumns: [Int], groupShare: Float) {
    let width = batch.item.rows == 0 ? 0 : batch.item.numbers.count / batch.item.rows
    directions = (batch.offsets[b]..<batch.offsets[b + 1]).map { row in
      let numbers = Array(batch.item.numbers[row * width..<(row + 1) * width])
      let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return length > 0 ? numbers.map { $0 / length } : numbers
    }
    groups = groupColumns.map { batch.columns[b][$0] }
    self.groupShare = groups.isEmpty ? 0 : groupShare
  }

  func callAsFunction(_ i: Int, _ j: Int) -> Double {
    if i == j { return 1 }
    let equal = Float(groups.count { $0[i] == $0[j] }) / Float(max(1, groups.count))
    var cosine: Float = 0
    for (a, b) in zip(directions[i], directions[j]) { cosine += a * b }
    return Double(groupShare * equal + (1 - groupShare) * cosine)
  }
}
