import Sessions

/// Mean of a number over the list, in the number's own unit.
///
/// Local context: the own number, standardised within the candidates.
public struct Mean: RuleUtility {
  public let column: CandidateColumn

  public init(number: String) {
    column = CandidateColumn(.number, of: number)
  }

  public var localWidth: Int { 1 }

  public func value(of list: [Int], column: [Float]) -> Float {
    list.isEmpty ? 0 : column.total(over: list) / Float(list.count)
  }

  public func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] / Float(length)
  }

  public func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let standard = Standardisation(column)
    var row = base
    for number in column {
      out[row] = standard(number)
      row += stride
    }
  }
}

/// `(x - mean) / standard deviation` within the candidates of one request, held to -4...4.
struct Standardisation {
  private let mean: Float
  private let perDeviation: Float

  /// A column without spread is standardised to 0.
  init(_ column: [Float]) {
    let count = Float(max(column.count, 1))
    let mean = column.reduce(0, +) / count
    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    // Below this the spread is rounding of equal numbers.
    let deviation = variance.squareRoot()
    perDeviation = deviation > 1e-6 * max(abs(mean), 1e-20) ? 1 / deviation : 0
  }

  func callAsFunction(_ number: Float) -> Float {
    max(-4, min(4, (number - mean) * perDeviation))
  }
}
