import ConfigurationFields
package import Sessions

/// How varied the first n_d places are: `U = (distinct groups among them) / min(n_d, n)`, in 0...1.
///
/// Places below count nothing, since few users look at them. Groups are whole numbers, as
/// `CandidateColumn.Kind.group` makes them.
/// Local context: 1 if the group stands in the places that count; 1 if the next place counts.
package struct DistinctFirst: RuleUtility {
  package static let key = "distinct_first"
  package static let reads = CandidateColumn.Kind.group
  package static let isShare = true
  package static let meaning =
    "Feature of the items that should not repeat in the first places: the objective is the number of "
    + "different values there, divided by the number of these places."
  package static let options = [
    RuleOption(
      "places", "Only with distinct_first, and needed there: how many places count.", .atLeast(1),
      unit: "places", isWhole: true, expected: "1 or more",
      need: "how many places count; add places, e.g. places: 4"
    ) { $0 >= 1 }
  ]

  package let column: CandidateColumn
  /// n_d, at least 1.
  package let places: Int

  package init(group: String, places: Int) {
    precondition(places >= 1, "at least one place counts, got \(places)")
    column = CandidateColumn(Self.reads, of: group)
    self.places = places
  }

  package init(feature: String, options: [String: Double]) {
    self.init(group: feature, places: max(options["places"].flatMap { Int(exactly: $0) } ?? 1, 1))
  }

  package var optionValues: [String: Double] { ["places": Double(places)] }

  package var summary: String { "\(Self.key)(\(column.feature), \(places) places)" }

  package var localWidth: Int { 2 }

  package func value(of list: [Int], column: [Float]) -> Float {
    guard !list.isEmpty else { return 0 }
    let counted = list.prefix(places)
    return Float(Set(counted.map { column[$0] }).count) / Float(counted.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    guard placed.count < places, !placed.contains(where: { column[$0] == column[candidate] }) else {
      return 0
    }
    return 1 / Float(min(places, length))
  }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    let known = Set(placed.prefix(places).map { column[$0] })
    let counts: Float = placed.count < places ? 1 : 0
    var row = base
    for group in column {
      out[row] = known.contains(group) ? 1 : 0
      out[row + 1] = counts
      row += stride
    }
  }
}

extension RuleDefinition {
  package static func distinctFirst(group: String, places: Int) -> RuleDefinition {
    RuleDefinition(DistinctFirst(group: group, places: places))
  }
}
