import ConfigurationFields
package import Sessions

/// Share of positions whose group does not occur in the `window` positions above, in 0...1.
///
/// Without a window the whole list above counts, and U * n is the number of distinct groups.
/// Groups are small whole numbers from 0, as `CandidateColumn.Kind.group` makes them.
/// Local context: 1 if the group occurs in the window; placed items of the group / length;
/// 1 / distance to the last of them (1 = directly above), 0 if there is none.
package struct Distinct: RuleUtility {
  package static let key = "distinct"
  package static let reads = CandidateColumn.Kind.group
  package static let isShare = true
  package static let meaning =
    "Feature of the items that should not repeat, such as shop: the objective is the share of "
    + "places whose value does not stand in the window of places before."
  package static let options = [
    RuleOption(
      "window",
      "Only with distinct: the places before in which a value counts as a repetition. By default "
        + "the whole list.", .atLeast(1), unit: "places", isWhole: true,
      expected: "1 or more, or none for the whole list"
    ) {
      $0 >= 1
    }
  ]

  package let column: CandidateColumn
  /// How many positions above count, at least 1; all of them when nil.
  package let window: Int?

  package init(group: String, window: Int? = nil) {
    precondition(window.map { $0 >= 1 } ?? true, "a window is at least 1, got \(window ?? 0)")
    column = CandidateColumn(Self.reads, of: group)
    self.window = window
  }

  package init(feature: String, options: [String: Double]) {
    self.init(group: feature, window: options["window"].flatMap { Int(exactly: $0) })
  }

  package var optionValues: [String: Double] { window.map { ["window": Double($0)] } ?? [:] }

  package var summary: String {
    "\(Self.key)(\(column.feature)" + (window.map { ", window \($0)" } ?? "") + ")"
  }

  package var localWidth: Int { 3 }

  package func value(of list: [Int], column: [Float]) -> Float {
    guard !list.isEmpty else { return 0 }
    let fresh = list.indices.count { position in
      !repeats(column[list[position]], above: list[..<position], column: column)
    }
    return Float(fresh) / Float(list.count)
  }

  package func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    repeats(column[candidate], above: placed[...], column: column) ? 0 : 1 / Float(length)
  }

  package func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    // What is written of a candidate depends on its group alone: worked out for the placed groups,
    // then copied, so that the cost is M + n and not M * n.
    var highest: Float = 0
    for group in column { highest = group > highest ? group : highest }
    var known = [SIMD4<Float>](repeating: .zero, count: Int(highest) + 1)
    for (position, candidate) in placed.enumerated() {
      let group = Int(column[candidate])
      let distance = placed.count - position
      let count = known[group].w + 1
      known[group] = SIMD4(
        distance <= window ?? distance ? 1 : 0, count / Float(length), 1 / Float(distance), count)
    }
    var row = base
    for value in column {
      let own = known[Int(value)]
      out[row] = own.x
      out[row + 1] = own.y
      out[row + 2] = own.z
      row += stride
    }
  }

  private func repeats(_ group: Float, above: ArraySlice<Int>, column: [Float]) -> Bool {
    above.suffix(window ?? above.count).contains { column[$0] == group }
  }
}

extension RuleDefinition {
  package static func distinct(group: String, window: Int?) -> RuleDefinition {
    RuleDefinition(Distinct(group: group, window: window))
  }
}
