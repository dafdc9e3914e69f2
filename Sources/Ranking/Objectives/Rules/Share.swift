package import Sessions

/// Share of the list whose flag is set: `U = sum(flag) / n`, in 0...1.
///
/// Local context: the own flag; flags placed so far / length.
package struct Share: AveragedRule {
  package static let key = "share"
  package static let reads = CandidateColumn.Kind.flag
  package static let isShare = true
  package static let meaning =
    "Flag of the items, such as is_cold: the objective is the share of the list that has it."

  package let column: CandidateColumn

  package init(flag: String) {
    column = CandidateColumn(Self.reads, of: flag)
  }

  package init(feature: String, options: [String: Double]) {
    self.init(flag: feature)
  }

  package var localWidth: Int { 2 }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let reached = column.total(over: placed) / Float(length)
    var row = base
    for flag in column {
      out[row] = flag
      out[row + 1] = reached
      row += stride
    }
  }
}

extension RuleDefinition {
  package static func share(flag: String) -> RuleDefinition {
    RuleDefinition(Share(flag: flag))
  }
}
