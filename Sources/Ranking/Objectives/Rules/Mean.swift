package import Sessions

/// Mean of a number over the list, in the number's own unit.
///
/// Local context: the own number, standardised within the candidates.
package struct Mean: AveragedRule {
  package static let key = "mean"
  package static let reads = CandidateColumn.Kind.number
  package static let meaning =
    "Number of the items: the objective is its mean over the list."

  package let column: CandidateColumn

  package init(number: String) {
    column = CandidateColumn(Self.reads, of: number)
  }

  package init(feature: String, options: [String: Double]) {
    self.init(number: feature)
  }

  package var localWidth: Int { 1 }

  package func writeLocalContext(
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
  package static func mean(number: String) -> RuleDefinition {
    RuleDefinition(Mean(number: number))
  }
}
