import Sessions

/// Mean of a number over the list, in the number's own unit.
///
/// Local context: the own number, standardised within the candidates.
public struct Mean: AveragedRule {
  public static let key = "mean"
  public static let reads = CandidateColumn.Kind.number
  public static let meaning =
    "Number of the items: the objective is its mean over the list."

  public let column: CandidateColumn

  public init(number: String) {
    column = CandidateColumn(Self.reads, of: number)
  }

  public init(feature: String, options: [String: Double]) {
    self.init(number: feature)
  }

  public var localWidth: Int { 1 }

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

extension RuleDefinition {
  public static func mean(number: String) -> RuleDefinition {
    RuleDefinition(Mean(number: number))
  }
}
