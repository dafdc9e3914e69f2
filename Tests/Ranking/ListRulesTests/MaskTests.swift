import ListRules
import RandomStreams
import Testing

@Suite struct MaskTests {
  /// Walks every list that the masks allow; `visit` gets whole lists and whether the walk met a
  /// dead end, where all that was free broke a rule.
  static func walk(
    _ instance: RandomInstance, excluded: (_ list: [Int], _ candidate: Int) -> Void = { _, _ in },
    visit: (_ list: [Int], _ deadEnd: Bool) -> Void
  ) {
    let placement = instance.placement
    func extend(_ list: [Int], _ deadEnd: Bool) {
      guard list.count < instance.length else { return visit(list, deadEnd) }
      guard var mask = instance.mask(after: list) else {
        return extend(list + [instance.pins[list.count] ?? -1], deadEnd)
      }
      let before = mask
      placement.exclude(after: list, from: &mask, base: 0)
      let breaks = placement.breaks(after: list)
      let isEnd = !breaks.isEmpty && mask.indices.allSatisfy { before[$0] || breaks[$0] > 0 }
      for candidate in mask.indices where !before[candidate] {
        if mask[candidate] {
          excluded(list, candidate)
        } else {
          extend(list + [candidate], deadEnd || isEnd)
        }
      }
    }
    extend([], false)
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func everyListThatTheMasksAllowHoldsTheRules(seed: UInt64) {
    let instance = RandomInstance(seed: seed, candidates: 6, length: 4)
    let placement = instance.placement
    let canHold = !instance.everyGoodList().isEmpty
    Self.walk(instance) { list, deadEnd in
      #expect(instance.holds(list) == placement.violations(of: list).isEmpty)
      if canHold && !deadEnd { #expect(instance.holds(list)) }
    }
  }

  /// The tests above would say nothing if all requests were easy, or none could be met.
  @Test func theMadeUpRequestsAreOfAllKinds() {
    var (held, ends) = (0, 0)
    for seed in 0..<400 as Range<UInt64> {
      let instance = RandomInstance(seed: seed, candidates: 6, length: 4)
      guard !instance.everyGoodList().isEmpty else { continue }
      held += 1
      var isDead = false
      Self.walk(instance) { _, deadEnd in isDead = isDead || deadEnd }
      if isDead { ends += 1 }
    }
    #expect((200...300).contains(held) && (5...40).contains(ends), "\(held) \(ends)")
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func noGoodListIsMasked(seed: UInt64) {
    let instance = RandomInstance(seed: seed, candidates: 6, length: 4)
    let good = instance.everyGoodList()
    Self.walk(
      instance,
      excluded: { list, candidate in
        #expect(!good.contains { $0.starts(with: list + [candidate]) })
      }, visit: { _, _ in })
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func demandsAloneNeverEndInADeadEnd(seed: UInt64) {
    let instance = RandomInstance(seed: seed, candidates: 7, length: 4, caps: false)
    guard !instance.everyGoodList().isEmpty else { return }
    Self.walk(instance) { list, deadEnd in
      #expect(!deadEnd && instance.holds(list))
    }
  }

  @Test func aMaskIsNeverLiftedAndOthersPartsStayAsTheyAre() {
    for seed in 0..<50 as Range<UInt64> {
      let instance = RandomInstance(seed: seed, candidates: 8, length: 5)
      var random = RandomStream(seed: seed, "masks")
      let before = (0..<24).map { _ in random.below(3) == 0 }
      var mask = before
      instance.placement.exclude(after: [], from: &mask, base: 8)
      #expect(mask.indices.allSatisfy { mask[$0] || !before[$0] })
      #expect(mask[..<8] == before[..<8] && mask[16...] == before[16...])
    }
  }

  @Test func withoutRulesNothingIsTouched() {
    let placement = PlacementRules([], columns: [], candidates: 5, length: 3, bans: [2])
    // A mask of no entries would trap if it were read.
    var mask: [Bool] = []
    placement.exclude(after: [], from: &mask, base: 0)
    #expect(mask.isEmpty && placement.isEmpty)
  }
}
