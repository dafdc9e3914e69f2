package import ConfigurationFields
package import Sessions

/// How many of each group, or of the flagged items, a selection should hold, as a configuration writes it:
///
/// - `{group: type, cap: 20, floor: 2}`: at most 20 and at least 2 of every type.
/// - `{group: seller, cap_share: 0.1}`: at most a tenth of the selection of any one seller.
/// - `{flag: is_cold, floor: 5}`: at least 5 flagged items.
package struct SelectionQuota: Configurable, Hashable {
  package var group: String?
  package var flag: String?
  package var cap: Int?
  package var capShare: Double?
  package var floor: Int?
  package var floorShare: Double?

  package init() {}

  package init(
    group: String? = nil, flag: String? = nil, cap: Int? = nil, capShare: Double? = nil,
    floor: Int? = nil, floorShare: Double? = nil
  ) {
    self.group = group
    self.flag = flag
    self.cap = cap
    self.capShare = capShare
    self.floor = floor
    self.floorShare = floorShare
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "group", \.group,
      "Feature whose values are groups, such as shop; an item without it is a group of its own. Give "
        + "either group or flag.", .filled),
    .init(
      "flag", \.flag,
      "Feature that flags an item when it is true or a number above 0; cap and floor are of the "
        + "flagged items.", .filled),
    .init(
      "cap", \.cap,
      "Most items of one group, or with the flag, that are kept. Caps are exceeded, as little as can be, "
        + "only where too few items would be kept otherwise; answers and logs say so.", .atLeast(0),
      unit: "items"),
    .init(
      "cap_share", \.capShare,
      "The same as a share of keep, rounded down, but never less than one item.", .above(0, upTo: 1)
    ),
    .init(
      "floor", \.floor,
      "Fewest items of one group, or with the flag, that are kept, as far as there are so many.",
      .atLeast(1), unit: "items"),
    .init(
      "floor_share", \.floorShare, "The same as a share of keep, rounded up.",
      .above(0, upTo: 1)),
  ]

  /// The raw feature that it reads.
  package var column: CandidateColumn {
    group.map { CandidateColumn(.group, of: $0) } ?? CandidateColumn(.flag, of: flag ?? "")
  }

  /// Most of a group among `keep` items.
  func most(of keep: Int) -> Int {
    // The small part takes back what the product lost by rounding.
    cap ?? capShare.map { max(1, Int(($0 * Double(keep) + 1e-9).rounded(.down))) } ?? .max
  }

  /// Fewest of a group among `keep` items.
  func fewest(of keep: Int) -> Int {
    let fewest = floor ?? floorShare.map { Int(($0 * Double(keep) - 1e-9).rounded(.up)) } ?? 0
    return min(fewest, most(of: keep))
  }

  /// The items of a column, sorted into groups with their limits.
  func partition(_ column: [Float], keep: Int) -> QuotaPartition {
    let groups = column.map { Int($0) }
    let (most, fewest) = (most(of: keep), fewest(of: keep))
    guard group == nil else { return QuotaPartition(groups: groups, cap: most, floor: fewest) }
    return QuotaPartition(groups: groups, caps: [.max, most], floors: [0, fewest])
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append(ConfigurationFault(key, expected: expected, got: got)) }
    }
    if (group == nil) == (flag == nil) {
      check(
        false, group == nil ? "" : "flag", "a group or a flag", group == nil ? "neither" : "both")
    }
    check(cap == nil || capShare == nil, "cap_share", "a cap or a cap_share", "both")
    check(floor == nil || floorShare == nil, "floor_share", "a floor or a floor_share", "both")
    check(
      cap != nil || capShare != nil || floor != nil || floorShare != nil, "", "a cap or a floor",
      "neither")
    if let cap, let floor {
      check(floor <= cap, "floor", "at most the cap, \(cap)", "\(floor)")
    }
    if let capShare, let floorShare {
      check(
        floorShare <= capShare, "floor_share", "at most the cap_share, \(capShare)", "\(floorShare)"
      )
    }
    if cap == 0 {
      check(group == nil, "cap", "at least 1: an item has some group", "0")
    }
    return faults
  }
}
