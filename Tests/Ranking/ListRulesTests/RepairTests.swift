import ListRules
import RandomStreams
import Testing

@Suite struct RepairTests {
  @Test(arguments: 0..<600 as Range<UInt64>)
  func theFirstGoodListByTheOrderIsFoundWhereThereIsOne(seed: UInt64) {
    let instance = RandomInstance(seed: seed, candidates: 6, length: 4)
    var random = RandomStream(seed: seed, "order")
    let order = random.permutation(6)
    let ranks = (0..<6).map { item in order.firstIndex(of: item) ?? 6 }
    let first = instance.everyGoodList().min {
      $0.lexicographicallyPrecedes($1) { ranks[$0] < ranks[$1] }
    }
    let repaired = instance.placement.repaired(from: order)
    #expect(repaired.violations.isEmpty == (first != nil))
    if let first { #expect(repaired.list == first) }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func theListIsWholeWhateverTheRules(seed: UInt64) {
    var random = RandomStream(seed: seed, "sizes")
    let candidates = 2 + random.below(40)
    let length = 1 + random.below(candidates)
    var instance = RandomInstance(seed: seed, candidates: candidates, length: length)
    if seed % 5 == 0 {
      // Fewer are left than the list asks for.
      instance.pins = [:]
      instance.bans = Set(random.permutation(candidates).prefix(candidates - length + 1))
    }
    let order = Array(random.permutation(candidates).prefix(random.below(candidates + 1)))
    let (list, violations) = instance.placement.repaired(from: order, steps: 200)
    #expect(list.count == min(length, candidates - instance.bans.count))
    #expect(Set(list).count == list.count && instance.bans.isDisjoint(with: list))
    #expect(instance.pins.allSatisfy { list[$0.key] == $0.value })
    let open = length - instance.pins.count
    let wanted = Set(instance.required).subtracting(instance.pins.values)
    if wanted.count <= open && instance.bans.isDisjoint(with: wanted) {
      #expect(wanted.isSubset(of: list))
    }
    if list.count == length { #expect(instance.holds(list) == violations.isEmpty) }
  }

  static func instance(_ rules: [ListRule], _ columns: [[Int]]) -> RandomInstance {
    var instance = RandomInstance(candidates: columns[0].count, length: 10)
    instance.rules = rules
    instance.columns = columns.map { $0.map(Float.init) }
    return instance
  }

  /// Each rule has enough shops or brands, but both together have not: it takes a search to see.
  static let hard = instance(
    [ListRule(group: "shop", atMost: 1), ListRule(group: "brand", atMost: 1)],
    [(0..<48).map { $0 < 40 ? $0 % 9 : 9 }, (0..<48).map { $0 < 40 ? $0 % 5 : $0 % 8 + 5 }])

  @Test func stepsAreBounded() {
    let placement = Self.hard.placement
    var search = RepairSearch(rules: placement, order: Array(0..<48), steps: 300)
    #expect(search.run() == nil)
    #expect(search.steps == 0)
    let (list, violations) = placement.repaired(from: Array(0..<48))
    #expect(list.count == 10)
    #expect(!violations.isEmpty)
    #expect(placement.repairSteps == 2000)
    #expect(PlacementRules([], columns: [], candidates: 900, length: 5).repairSteps == 200)
  }

  @Test(arguments: [
    // Nine shops for ten places.
    instance([ListRule(group: "shop", atMost: 1)], [(0..<50).map { $0 % 9 }]),
    // Five shops for a window of six places.
    instance([ListRule(group: "shop", atMost: 1, window: 6)], [(0..<50).map { $0 % 5 }]),
    // One shop can have four of ten places, the others only five.
    instance(
      [ListRule(group: "shop", atMost: 1, window: 3)], [(0..<50).map { max($0 - 44, 0) }]),
  ])
  func whatOneRuleAloneMakesImpossibleIsSeenAtOnce(instance: RandomInstance) {
    let placement = instance.placement
    var search = RepairSearch(rules: placement, order: Array(0..<50), steps: 300)
    #expect(search.run() == nil)
    #expect(search.steps == 300)
    #expect(placement.repaired(from: Array(0..<50)).violations.map(\.kind) == [.rule(0)])
  }

  @Test func whereNoListIsGoodTheFewestRulesAreBroken() {
    let shops = Self.instance([ListRule(group: "shop", atMost: 1)], [(0..<50).map { $0 % 9 }])
    // Nine shops once, one twice.
    #expect(shops.placement.repaired(from: Array(0..<50)).list == Array(0..<10))
  }

  /// A required item at the end of the order whose shop is full by then: the way out is too far up
  /// for a search from the end, and easy for one that places it first.
  @Test func whatMustComeIsPlacedFirstWhereTheSearchEndsInVain() {
    let columns = [(0..<50).map { Float([5, 6, 49].contains($0) ? 5 : $0) }]
    let rule = ListRule(group: "shop", atMost: 2, window: 5)
    let placement = PlacementRules(
      [rule], columns: columns, candidates: 50, length: 10, required: [49])
    var search = RepairSearch(rules: placement, order: Array(0..<50), steps: 50)
    #expect(search.run() == nil)
    let (list, violations) = placement.repaired(from: Array(0..<50), steps: 50)
    #expect(list == [49, 0, 1, 2, 3, 4, 5, 6, 7, 8] && violations.isEmpty)
    #expect(placement.repaired(from: Array(0..<50)).list == [0, 1, 2, 3, 4, 5, 7, 8, 9, 49])
  }

  @Test func theOrderIsFollowedWhereNothingSpeaksAgainstIt() {
    let placement = PlacementRules([], columns: [], candidates: 5, length: 3, pins: [1: 4])
    #expect(placement.repaired(from: [3, 4, 2, 1, 0]).list == [3, 4, 2])
    #expect(placement.repaired(from: [2, 2, 9, -1]).list == [2, 4, 0])
  }
}
