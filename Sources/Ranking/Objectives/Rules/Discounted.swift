import Foundation
package import Sessions

/// Weighted mean of a number over the list, with weights falling down the list.
///
/// `U = sum_t d_t x_t / sum_t d_t`, `d_t = 1 / log2(1 + t)`, t = 1 at the top: the discount of DCG
/// (Järvelin and Kekäläinen, 2002). Divided by the weights' sum, it stays in the number's own
/// unit and does not grow with the length.
/// Local context: the own number, standardised within the candidates; the same times d_t.
package struct Discounted: RuleUtility {
  package static let key = "discounted"
  package static let reads = CandidateColumn.Kind.number
  package static let meaning =
    "Number of the items: the objective is its mean over the list in which upper places count "
    + "more, by 1 / log2(1 + place)."

  package let column: CandidateColumn

  package init(number: String) {
    column = CandidateColumn(Self.reads, of: number)
  }

  package init(feature: String, options: [String: Double]) {
    self.init(number: feature)
  }

  package var localWidth: Int { 2 }

  package func value(of list: [Int], column: [Float]) -> Float {
    guard !list.isEmpty else { return 0 }
    var sum: Float = 0
    for (position, candidate) in list.enumerated() {
      sum += column[candidate] * Discounted.weight(position)
    }
    return sum / Discounted.total(list.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] * Discounted.weight(placed.count) / Discounted.total(length)
  }

  package func addIncrements(
    after placed: [Int], length: Int, column: [Float], scaledBy factor: Float,
    to sums: inout [Float]
  ) {
    let weight = factor * Discounted.weight(placed.count) / Discounted.total(length)
    for i in sums.indices { sums[i] += weight * column[i] }
  }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let standard = Standardisation(column)
    let weight = Discounted.weight(placed.count)
    var row = base
    for number in column {
      let own = standard(number)
      out[row] = own
      out[row + 1] = own * weight
      row += stride
    }
  }

  package func itemValues(_ column: [Float]) -> [Float]? { column }

  /// d at a position counted from 0.
  private static func weight(_ position: Int) -> Float {
    1 / log2(Float(position + 2))
  }

  private static func total(_ length: Int) -> Float {
    (0..<length).reduce(0) { $0 + weight($1) }
  }
}

extension RuleDefinition {
  package static func discounted(number: String) -> RuleDefinition {
    RuleDefinition(Discounted(number: number))
  }
}
