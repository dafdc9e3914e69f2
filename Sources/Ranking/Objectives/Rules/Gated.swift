import ConfigurationFields
package import Sessions

/// Share of the list whose flag is set, counted only until the traffic holds its share: flow control in its
/// batch-gated form.
///
/// `U = sum(flag) / n` of one list, as `Share`. In training it is worth nothing in a batch whose lists hold a share
/// of `target` already (`gate`, `ObjectiveSet.gated`). In serving the share controller of the objective is that
/// gate: it lowers the weight where what was shown holds its share.
/// Local context: the own flag; flags placed so far / length.
package struct Gated: AveragedRule {
  package static let key = "gated"
  package static let reads = CandidateColumn.Kind.flag
  package static let isShare = true
  package static let meaning =
    "Flag of the items: the objective is the share of the list that has it, and counts in training only "
    + "in batches whose lists together hold less than target. A service holds the share by a controller."
  package static let options = [
    Quota.target(need: "the share of the traffic; add target, e.g. target: 0.1")
  ]

  package let column: CandidateColumn
  /// Share of the traffic from which on it counts no more, in 0 < target <= 1.
  package let target: Float

  package init(flag: String, target: Float) {
    precondition(target > 0 && target <= 1, "a gate's target lies in (0, 1], got \(target)")
    column = CandidateColumn(Self.reads, of: flag)
    self.target = target
  }

  package init(feature: String, options: [String: Double]) {
    self.init(flag: feature, target: Float(options["target"] ?? 1))
  }

  package var optionValues: [String: Double] { ["target": Double(target)] }

  package var summary: String { "\(Self.key)(\(column.feature), target \(target))" }

  package var gate: Float? { target }

  package var localWidth: Int { 2 }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    Share(flag: self.column.feature).writeLocalContext(
      after: placed, length: length, column: column, into: &out, base: base, stride: stride)
  }
}

extension RuleDefinition {
  package static func gated(flag: String, target: Float) -> RuleDefinition {
    RuleDefinition(Gated(flag: flag, target: target))
  }
}
