package import ConfigurationFields
package import Sessions

/// One hard rule on a whole list, as a configuration writes it:
///
/// - `{group: shop, at_most: 2, window: 5}`: in any 5 successive places at most 2 items of one
///   shop; without a window, in the whole list.
/// - `{group: shop, maximum_share: 0.3}`: at most floor(0.3 n) items of any one shop, but never
///   less than one, which no list could keep.
/// - `{flag: is_ad, maximum_share: 0.2}`: at most floor(0.2 n) flagged items.
/// - `{flag: is_ad, at_most: 1, window: 5}`: as for groups, of flagged items.
/// - `{flag: is_cold, at_least: 1}`: as many flagged items, as far as they can be had.
package struct ListRule: Configurable, Hashable {
  package var group: String?
  package var flag: String?
  package var atMost: Int?
  package var window: Int?
  package var maximumShare: Double?
  package var atLeast: Int?

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "group", \.group,
      "Feature whose values are groups, such as shop; an item without it is a group of its own. Give "
        + "either group or flag.", .filled),
    .init(
      "flag", \.flag, "Feature that flags an item when it is true or a number above 0.",
      .filled),
    .init(
      "window", \.window,
      "Only with at_most: successive places that the rule looks at. By default the whole list.",
      unit: "places"),
    .init(
      "at_most", \.atMost,
      "Most items of one group, or with the flag, in the window. Give exactly one of at_most, "
        + "maximum_share and at_least.", unit: "items"),
    .init(
      "maximum_share", \.maximumShare,
      "Most items of one group, or with the flag, as a share of the list.", .within(0...1)),
    .init(
      "at_least", \.atLeast,
      "Fewest items with the flag in the list, as far as there are so many candidates.",
      .atLeast(1), unit: "items"),
  ]

  package init() {}

  package init(
    group: String? = nil, flag: String? = nil, atMost: Int? = nil, window: Int? = nil,
    maximumShare: Double? = nil, atLeast: Int? = nil
  ) {
    self.group = group
    self.flag = flag
    self.atMost = atMost
    self.window = window
    self.maximumShare = maximumShare
    self.atLeast = atLeast
  }

  /// The raw feature the rule looks at.
  package var column: CandidateColumn {
    group.map { CandidateColumn(.group, of: $0) } ?? CandidateColumn(.flag, of: flag ?? "")
  }

  /// The rule in a line: `at most 2 of one shop in any 5 places`.
  package var summary: String {
    if let atLeast { return "at least \(atLeast) of \(column.feature)" }
    let whose = group.map { "one \($0)" } ?? column.feature
    if let maximumShare {
      // Rounded: 0.29 * 100 is 28.999999999999996.
      let percent = (maximumShare * 100_000).rounded() / 1000
      let number = percent == percent.rounded() ? "\(Int(percent))" : "\(percent)"
      return "at most \(number) % of \(whose)"
    }
    let places = window.map { "in any \($0) places" } ?? "in the list"
    return "at most \(atMost ?? 0) of \(whose) \(places)"
  }

  /// Most items in each window of a list of that many places; nil for a rule that caps nothing.
  func most(in length: Int) -> Int? {
    if let maximumShare {
      // The small part takes back what the product lost by rounding: 0.29 * 100 has 29 items.
      let most = Int((maximumShare * Double(length) + 1e-9).rounded(.down))
      return group == nil ? most : max(most, 1)
    }
    return atMost
  }
}
