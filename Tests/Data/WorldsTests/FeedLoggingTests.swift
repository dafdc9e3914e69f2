import RandomStreams
import Sessions
import Testing
import Worlds

@Suite struct FeedLoggingTests {
  private static func tiny(exploration: Double) -> FeedWorld {
    var c = FeedWorldConfiguration()
    (c.users, c.items, c.candidates, c.listLength) = (10, 60, 5, 3)
    (c.exploration, c.triggerShare) = (exploration, 0.5)
    return FeedWorld(c)
  }

  @Test(arguments: [0, 0.15, 1], 0..<5)
  func chancesOfEachStepSumToOneOverTheRemaining(exploration: Double, index: Int) {
    let world = FeedLoggingTests.tiny(exploration: exploration)
    let logging = world.logging(for: world.request(index))
    for placed in [[], [2], [4, 0], [1, 3, 0, 2]] {
      let chances = logging.chances(after: placed)
      #expect(abs(chances.reduce(0, +) - 1) < 1e-12)
      #expect(placed.allSatisfy { chances[$0] == 0 })
      #expect(exploration < 1 || chances.allSatisfy { $0 == 0 || $0 > 0.19 })
    }
  }

  @Test(arguments: 0..<3)
  func propensitiesAgreeWithTheFrequencies(index: Int) {
    let world = FeedLoggingTests.tiny(exploration: 0.5)
    let request = world.request(index)
    var stream = RandomStream(seed: 4, "frequencies", request: UInt64(index))
    let draws = 40_000
    var counts: [[Int]: Int] = [:]
    var chance: [[Int]: Double] = [:]
    for _ in 0..<draws {
      let (list, propensity) = world.loggedList(for: request, using: &stream)
      counts[list, default: 0] += 1
      chance[list] = propensity.reduce(1) { $0 * Double($1) }
    }
    // 60 ordered lists of 3 out of 5: the product over slots is the chance of the list.
    #expect(counts.count == 60)
    #expect(abs(chance.values.reduce(0, +) - 1) < 1e-4)
    for (list, count) in counts {
      let p = chance[list] ?? .nan
      let error = (p * (1 - p) / Double(draws)).squareRoot()
      #expect(abs(Double(count) / Double(draws) - p) < 4.5 * error)
    }
  }

  @Test func withoutExplorationTheListIsAlwaysTheSame() {
    let world = FeedLoggingTests.tiny(exploration: 0)
    let request = world.request(2)
    var stream = RandomStream(seed: 1, "same")
    let first = world.loggedList(for: request, using: &stream)
    for _ in 0..<50 {
      let again = world.loggedList(for: request, using: &stream)
      #expect(again.list == first.list && again.propensity == [1, 1, 1])
    }
  }

  @Test func theRulesShow() {
    let world = FeedWorld(FeedWorldConfiguration())
    var triggers = 0
    var triggersOnTop = 0
    var coldBySlot = [Int](repeating: 0, count: 10)
    for index in 0..<500 {
      let session = world.session(index)
      let shown = session.shown.map { session.request.candidates[$0] }
      if session.request.candidates.contains(where: { $0.features["trigger"] != nil }) {
        triggers += 1
        if shown[0].features["trigger"] != nil { triggersOnTop += 1 }
      }
      for (slot, item) in shown.enumerated() where item.features["is_cold"] == .flag(true) {
        coldBySlot[slot] += 1
      }
    }
    #expect((100...200).contains(triggers))
    #expect(Double(triggersOnTop) > 0.9 * Double(triggers))
    #expect(coldBySlot[3] > 3 * coldBySlot[2] && coldBySlot[7] > 3 * coldBySlot[6])
  }
}
