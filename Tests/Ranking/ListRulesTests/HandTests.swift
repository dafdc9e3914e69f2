import ListRules
import Testing

@Suite struct HandTests {
  /// Shop of each of eight candidates: a a a b b c d d.
  static let shops: [Float] = [0, 0, 0, 1, 1, 2, 3, 3]

  static func masked(
    _ rules: PlacementRules, after list: [Int], pinned: [Int] = []
  ) -> [Int] {
    var mask = [Bool](repeating: false, count: 8)
    for item in list + pinned { mask[item] = true }
    let before = mask
    rules.exclude(after: list, from: &mask, base: 0)
    return mask.indices.filter { mask[$0] && !before[$0] }
  }

  @Test func aWindowLooksBackOverItsPlaces() {
    let rule = ListRule(group: "shop", atMost: 1, window: 3)
    let rules = PlacementRules([rule], columns: [Self.shops], candidates: 8, length: 6)
    #expect(Self.masked(rules, after: []) == [])
    #expect(Self.masked(rules, after: [0]) == [1, 2])
    #expect(Self.masked(rules, after: [0, 3]) == [1, 2, 4])
    #expect(Self.masked(rules, after: [0, 3, 5]) == [4])
    #expect(rules.violations(of: [0, 3, 5, 1, 4, 6]).isEmpty)
    let broken = rules.violations(of: [0, 3, 5, 4, 1, 2])
    #expect(broken.map(\.kind) == [.rule(0)])
    #expect(broken.first?.slot == 3)
    #expect(
      broken.first?.description
        == "at most 1 of one shop in any 3 places: positions 2 to 4 hold 2")
  }

  @Test func aPinFurtherDownCountsAlready() {
    let rule = ListRule(group: "shop", atMost: 1, window: 3)
    let rules = PlacementRules(
      [rule], columns: [Self.shops], candidates: 8, length: 6, pins: [2: 0])
    // Slot 0 shares a window with the pin, slot 5 does not.
    #expect(Self.masked(rules, after: [], pinned: [0]) == [1, 2])
    #expect(Self.masked(rules, after: [3], pinned: [0]) == [1, 2, 4])
    #expect(Self.masked(rules, after: [3, 5, 0, 6, 4]) == [7])
  }

  @Test func placesKeptForRequiredItemsCount() {
    let ads: [Float] = [1, 1, 1, 0, 0, 0, 0, 0]
    let rules = PlacementRules(
      [ListRule(flag: "is_ad", maximumShare: 0.25)], columns: [ads], candidates: 8, length: 4,
      required: [2])
    // The one ad there may be is the required one.
    #expect(Self.masked(rules, after: []) == [0, 1])
    #expect(Self.masked(rules, after: [3, 4, 5]) == [0, 1, 6, 7])
    #expect(rules.repaired(from: Array(0..<8)).list == [2, 3, 4, 5])
  }

  @Test func oneItemMayMeetTwoDemands() {
    let cold: [Float] = [0, 0, 0, 0, 0, 1, 1, 0]
    let local: [Float] = [0, 0, 0, 0, 0, 0, 1, 1]
    let rules = PlacementRules(
      [ListRule(flag: "is_cold", atLeast: 1), ListRule(flag: "is_local", atLeast: 1)],
      columns: [cold, local], candidates: 8, length: 3)
    #expect(Self.masked(rules, after: [0]) == [])
    #expect(Self.masked(rules, after: [0, 1]) == [2, 3, 4, 5, 7])
    #expect(Self.masked(rules, after: [0, 5]) == [1, 2, 3, 4])
    #expect(rules.repaired(from: Array(0..<8)).list == [0, 1, 6])
  }

  @Test func aPinThatMeetsADemandSavesThePlace() {
    let cold: [Float] = [0, 0, 0, 0, 0, 1, 1, 1]
    func rules(_ pins: [Int: Int]) -> PlacementRules {
      PlacementRules(
        [ListRule(flag: "is_cold", atLeast: 2)], columns: [cold], candidates: 8, length: 3,
        pins: pins)
    }
    #expect(Self.masked(rules([2: 7]), after: [0], pinned: [7]) == [1, 2, 3, 4])
    #expect(Self.masked(rules([2: 0]), after: [], pinned: [0]) == [1, 2, 3, 4])
    // Two pins without the flag leave one place, so that one is all there can be.
    #expect(rules([1: 0, 2: 1]).repaired(from: Array(0..<8)).list == [5, 0, 1])
    #expect(rules([1: 0, 2: 1]).repaired(from: Array(0..<8)).violations.isEmpty)
  }

  @Test func whatCannotBeHadIsNotDemanded() {
    let cold: [Float] = [0, 0, 0, 0, 0, 0, 1, 1]
    let rules = PlacementRules(
      [ListRule(flag: "is_cold", atLeast: 3)], columns: [cold], candidates: 8, length: 3,
      bans: [7])
    #expect(rules.repaired(from: Array(0..<8)).list == [0, 1, 6])
    #expect(rules.violations(of: [0, 1, 6]).isEmpty)
    #expect(
      rules.violations(of: [0, 1, 2]).map(\.description)
        == ["at least 3 of is_cold: there are 0, with 1 to be had"])
  }

  @Test func placesOfACapAreKeptForADemand() {
    let ads: [Float] = [1, 1, 1, 1, 0, 0, 0, 0]
    let cold: [Float] = [0, 0, 1, 1, 0, 0, 0, 0]
    func rules(ads most: Double) -> PlacementRules {
      PlacementRules(
        [ListRule(flag: "is_ad", maximumShare: most), ListRule(flag: "is_cold", atLeast: 2)],
        columns: [ads, cold], candidates: 8, length: 4)
    }
    // Both cold items are ads: three ads leave one place for another, two leave none, and with one
    // only one cold item can be had.
    #expect(Self.masked(rules(ads: 0.75), after: []) == [])
    #expect(Self.masked(rules(ads: 0.75), after: [0]) == [1])
    #expect(Self.masked(rules(ads: 0.5), after: []) == [0, 1])
    #expect(rules(ads: 0.5).repaired(from: Array(0..<8)).list == [2, 3, 4, 5])
    let (list, violations) = rules(ads: 0.25).repaired(from: Array(0..<8))
    #expect(list == [2, 4, 5, 6])
    #expect(violations.map(\.kind) == [.rule(1)])
  }

  @Test func contradictionsAreSaidAndTheListIsWhole() {
    let ads: [Float] = [1, 1, 0, 0, 0, 0, 0, 0]
    let rules = PlacementRules(
      [ListRule(flag: "is_ad", maximumShare: 0)], columns: [ads], candidates: 8, length: 3,
      bans: [5], required: [1, 5])
    let (list, violations) = rules.repaired(from: Array(0..<8))
    #expect(list == [2, 3, 1])
    #expect(violations.map(\.kind) == [.required(5), .rule(0)])
    #expect(
      rules.violations(of: [2, 2, 5, 9]).map(\.kind)
        == [.duplicate(2), .ban(5), .unknown(9), .length, .required(1)])
  }

  @Test func moreRequiredItemsThanPlacesFillAllOfThem() {
    let rules = PlacementRules(
      [], columns: [], candidates: 8, length: 3, pins: [0: 7], required: [4, 5, 6])
    #expect(Self.masked(rules, after: [7]) == [0, 1, 2, 3])
    let (list, violations) = rules.repaired(from: Array(0..<8))
    #expect(list == [7, 4, 5])
    #expect(violations.map(\.kind) == [.required(6)])
  }
}
