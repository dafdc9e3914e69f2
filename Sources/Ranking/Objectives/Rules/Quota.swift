import ConfigurationFields
package import Sessions

/// How far a wanted share of flagged items is reached: `U = min(share / target, 1)`.
///
/// Flags beyond the target earn nothing. Local context: the own flag; the value reached so far;
/// what placing it now would add, in units of one full flag (1 = all of it still counts).
package struct Quota: RuleUtility {
  package static let key = "quota"
  package static let reads = CandidateColumn.Kind.flag
  package static let isShare = true
  package static let meaning =
    "Flag of the items of which the list should hold a share of target: the objective is the "
    + "share divided by target, and more than that counts no more."
  package static let options = [
    target(need: "the wanted share; add target, e.g. target: 0.3")
  ]

  /// The option of all rules that want a share.
  static func target(need: String) -> RuleOption {
    RuleOption(
      "target", "Only with quota, threshold and gated, and needed there: the share that is wanted.",
      .above(0, upTo: 1), expected: "a share in (0, 1]", need: need,
      remedy: " or write quota for share"
    ) { Float($0) > 0 && $0 <= 1 }
  }

  package let column: CandidateColumn
  /// Wanted share, in 0 < target <= 1.
  package let target: Float

  package init(flag: String, target: Float) {
    precondition(target > 0 && target <= 1, "a quota's target lies in (0, 1], got \(target)")
    column = CandidateColumn(Self.reads, of: flag)
    self.target = target
  }

  package init(feature: String, options: [String: Double]) {
    self.init(flag: feature, target: Float(options["target"] ?? 1))
  }

  package var optionValues: [String: Double] { ["target": Double(target)] }

  package var summary: String { "\(Self.key)(\(column.feature), target \(target))" }

  package var localWidth: Int { 3 }

  package func value(of list: [Int], column: [Float]) -> Float {
    list.isEmpty ? 0 : reached(column.total(over: list), length: list.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    let flags = column.total(over: placed)
    return reached(flags + column[candidate], length: length) - reached(flags, length: length)
  }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let flags = column.total(over: placed)
    let value = reached(flags, length: length)
    let wanted = Float(length) * target
    // A target of less than one item is reached by one: there the unit is the whole value.
    let gain = (reached(flags + 1, length: length) - value) * max(wanted, 1)
    var row = base
    for flag in column {
      out[row] = flag
      out[row + 1] = value
      out[row + 2] = flag * gain
      row += stride
    }
  }

  package func itemValues(_ column: [Float]) -> [Float]? {
    let perFlag = 1 / target
    return column.map { perFlag * $0 }
  }

  private func reached(_ flags: Float, length: Int) -> Float {
    min(flags / (Float(length) * target), 1)
  }
}

extension RuleDefinition {
  package static func quota(flag: String, target: Float) -> RuleDefinition {
    RuleDefinition(Quota(flag: flag, target: target))
  }
}
