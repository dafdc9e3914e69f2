package import Sessions

/// Share of the `n (n - 1) / 2` pairs i < j with `priority(i) >= priority(j)`, in 0...1.
///
/// Ties are in order; a list of one item has no pair and is worth 1.
/// Local context: share of the placed items that it would violate if placed now (their priority
/// is lower); its own standing, 0 for the lowest priority among the candidates, 1 for the highest.
package struct Order: RuleUtility {
  package static let key = "order"
  package static let reads = CandidateColumn.Kind.number
  package static let isShare = true
  package static let meaning =
    "Number of the items by which the list should fall: the objective is the share of pairs of "
    + "places that are in this order."

  package let column: CandidateColumn

  package init(priority: String) {
    column = CandidateColumn(Self.reads, of: priority)
  }

  package init(feature: String, options: [String: Double]) {
    self.init(priority: feature)
  }

  package var localWidth: Int { 2 }

  package func value(of list: [Int], column: [Float]) -> Float {
    guard !list.isEmpty else { return 0 }
    guard list.count > 1 else { return 1 }
    var kept = 0
    for (position, candidate) in list.enumerated() {
      kept += inOrder(list[..<position], before: column[candidate], column: column)
    }
    return Float(kept) / Order.pairs(list.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    guard length > 1 else { return 1 }
    return Float(inOrder(placed[...], before: column[candidate], column: column))
      / Order.pairs(length)
  }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let perPlaced = 1 / Float(max(placed.count, 1))
    var (lowest, highest) = (column.first ?? 0, column.first ?? 0)
    for priority in column {
      lowest = priority < lowest ? priority : lowest
      highest = priority > highest ? priority : highest
    }
    let perRange = highest > lowest ? 1 / (highest - lowest) : 0
    var row = base
    for priority in column {
      out[row] = 0
      out[row + 1] = (priority - lowest) * perRange
      row += stride
    }
    // Sixteen at a time and without a branch: for lists of some tens a count beats a search. The
    // counts add up in the output, which asks for no array and, being whole numbers, rounds nothing.
    for start in Swift.stride(from: 0, to: placed.count, by: 16) {
      var above = SIMD16<Float>(repeating: .infinity)
      for position in start..<min(start + 16, placed.count) {
        above[position - start] = column[placed[position]]
      }
      row = base
      for priority in column {
        out[row] += SIMD16<Float>.zero.replacing(with: 1, where: above .< priority).sum()
        row += stride
      }
    }
    row = base
    for _ in column {
      out[row] *= perPlaced
      row += stride
    }
  }

  /// Its place between the lowest and the highest priority of the candidates, 0...1.
  package func itemValues(_ column: [Float]) -> [Float]? { column.withinRange }

  private func inOrder(_ above: ArraySlice<Int>, before priority: Float, column: [Float]) -> Int {
    above.count { column[$0] >= priority }
  }

  private static func pairs(_ length: Int) -> Float {
    Float(length * (length - 1) / 2)
  }
}

extension RuleDefinition {
  package static func order(priority: String) -> RuleDefinition {
    RuleDefinition(Order(priority: priority))
  }
}

extension [Float] {
  /// From 0 for the lowest to 1 for the highest; all 0 without a spread.
  package var withinRange: [Float] {
    guard let lowest = self.min(), let highest = self.max(), highest > lowest else {
      return map { _ in 0 }
    }
    return map { ($0 - lowest) / (highest - lowest) }
  }
}
