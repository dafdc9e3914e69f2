import ConfigurationFields
package import Sessions

/// Whether a page reaches a wanted share of flagged items: flow control in its thresholded form.
///
/// `U = 1` where `share >= target`, else 0. With a ramp r in 0 < r <= 1 it rises on the way there:
/// `U = clamp((share / target - (1 - r)) / r, 0, 1)`, so that r = 1 is `Quota`. A target that is no whole number
/// of items is reached by the next whole number.
/// Local context: the own flag; flags placed so far as a share of those wanted; which share of the places
/// that are left must be flagged to reach the target (1 = all of them, or it is out of reach).
package struct Threshold: RuleUtility {
  package static let key = "threshold"
  package static let reads = CandidateColumn.Kind.flag
  package static let isShare = true
  package static let meaning =
    "Flag of the items of which the list should hold a share of target at least: the objective is 1 "
    + "where it does, else 0."
  package static let options = [
    Quota.target(need: "the share from which on it counts; add target, e.g. target: 0.3"),
    RuleOption(
      "ramp",
      "Only with threshold: the last part of the way to target, on which the objective rises from 0 to "
        + "1. By default 0, a step; 1 is the same as quota.", .within(0...1),
      expected: "a part of the way, from 0 to 1"
    ) { (0...1).contains($0) },
  ]

  package let column: CandidateColumn
  /// Wanted share, in 0 < target <= 1.
  package let target: Float
  /// Part of the way to the target on which the value rises, in 0...1.
  package let ramp: Float

  package init(flag: String, target: Float, ramp: Float = 0) {
    precondition(target > 0 && target <= 1, "a threshold's target lies in (0, 1], got \(target)")
    precondition((0...1).contains(ramp), "a ramp lies in 0...1, got \(ramp)")
    column = CandidateColumn(Self.reads, of: flag)
    self.target = target
    self.ramp = ramp
  }

  package init(feature: String, options: [String: Double]) {
    self.init(
      flag: feature, target: Float(options["target"] ?? 1), ramp: Float(options["ramp"] ?? 0))
  }

  package var optionValues: [String: Double] {
    ramp > 0
      ? ["target": Double(target), "ramp": Double(ramp)] : ["target": Double(target)]
  }

  package var summary: String {
    "\(Self.key)(\(column.feature), target \(target)" + (ramp > 0 ? ", ramp \(ramp))" : ")")
  }

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
    let wanted = wanted(of: length)
    let progress = min(flags / wanted, 1)
    let left = Float(max(length - placed.count, 1))
    let pressure = min(max(wanted - flags, 0) / left, 1)
    var row = base
    for flag in column {
      out[row] = flag
      out[row + 1] = progress
      out[row + 2] = pressure
      row += stride
    }
  }

  /// Flagged items that a list needs, at least one. The small part takes back what the product gained by
  /// rounding.
  private func wanted(of length: Int) -> Float {
    max((Float(length) * target - 1e-4).rounded(.up), 1)
  }

  private func reached(_ flags: Float, length: Int) -> Float {
    let share = flags / wanted(of: length)
    guard ramp > 0 else { return share >= 1 ? 1 : 0 }
    return min(max((share - (1 - ramp)) / ramp, 0), 1)
  }
}

extension RuleDefinition {
  package static func threshold(flag: String, target: Float, ramp: Float = 0) -> RuleDefinition {
    RuleDefinition(Threshold(flag: flag, target: target, ramp: ramp))
  }
}
