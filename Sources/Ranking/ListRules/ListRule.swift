import Sessions

/// One hard rule on a whole list, as a configuration writes it:
///
/// - `{group: shop, at_most: 2, window: 5}`: in any 5 successive places at most 2 items of one
///   shop; without a window, in the whole list.
/// - `{group: shop, maximum_share: 0.3}`: at most floor(0.3 n) items of any one shop, but never
///   less than one, which no list could keep.
/// - `{flag: is_ad, maximum_share: 0.2}`: at most floor(0.2 n) flagged items.
/// - `{flag: is_ad, at_most: 1, window: 5}`: as for groups, of flagged items.
/// - `{flag: is_cold, at_least: 1}`: as many flagged items, as far as they can be had.
public struct ListRule: Codable, Sendable, Hashable {
  /// Feature whose values are groups; an item without it is a group of its own.
  public var group: String?
  /// Feature that flags an item: true, or a number above 0.
  public var flag: String?
  /// Most items, of one group or flagged, in `window` successive places.
  public var atMost: Int?
  /// Places; the whole list when nil.
  public var window: Int?
  /// Most items as a share of the list, in [0, 1].
  public var maximumShare: Double?
  /// Fewest flagged items of the list.
  public var atLeast: Int?

  enum CodingKeys: String, CodingKey {
    case group, flag, window
    case atMost = "at_most"
    case maximumShare = "maximum_share"
    case atLeast = "at_least"
  }

  public init(
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
  public var column: CandidateColumn {
    group.map { CandidateColumn(.group, of: $0) } ?? CandidateColumn(.flag, of: flag ?? "")
  }

  /// The rule in a line: `at most 2 of one shop in any 5 places`.
  public var summary: String {
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
