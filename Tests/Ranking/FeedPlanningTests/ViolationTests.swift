import FeedPlanning
import Testing

/// Every rule that a list can break, broken once.
@Suite struct ViolationTests {
  private let problem = FeedProblem(
    slots: 4, organic: Array(repeating: [1, 1, 1, 1], count: 4),
    channels: [
      FeedChannel(
        inserts: Array(repeating: [1, 1, 1, 1], count: 3), gap: 2, first: 1, minimum: 1,
        maximum: 2, share: 0.5)
    ], viewChances: [1, 1, 1, 1])

  private func organic(_ items: Int...) -> [FeedChoice] { items.map { .organic($0) } }
  private func insert(_ index: Int) -> FeedChoice { .insert(channel: 0, index: index) }

  @Test func aListThatObeysHasNone() {
    #expect(problem.violations(of: organic(0) + [insert(0)] + organic(1, 2)).isEmpty)
  }

  @Test func eachRuleIsSeen() {
    #expect(problem.violations(of: organic(0)) == [.length(expected: 4, got: 1)])
    #expect(
      problem.violations(of: organic(0, 9) + [insert(0)] + organic(1)) == [.unknown(slot: 1)])
    #expect(
      problem.violations(of: organic(0, 1) + [insert(0)] + organic(1))
        .contains(.duplicate(slot: 3)))
    #expect(
      problem.violations(of: organic(1) + [insert(0)] + organic(0, 2))
        == [.order(slot: 0), .order(slot: 2)])
    #expect(
      problem.violations(of: organic(0) + [insert(1)] + organic(1, 2)) == [.order(slot: 1)])
    #expect(
      problem.violations(of: organic(0) + [insert(0), insert(1)] + organic(1))
        == [.spacing(channel: 0, slot: 2)])
    #expect(
      problem.violations(of: [insert(0)] + organic(0, 1, 2)) == [.first(channel: 0, slot: 0)])
    #expect(problem.violations(of: organic(0, 1, 2, 3)) == [.count(channel: 0, got: 0)])
  }

  @Test func sharesWeighTheSlots() {
    var heavy = problem
    heavy.viewChances = [1, 3, 0.5, 0.5]
    #expect(
      heavy.violations(of: organic(0) + [insert(0)] + organic(1, 2))
        == [.share(channel: 0, got: 3)])
    #expect(heavy.violations(of: organic(0, 1) + [insert(0)] + organic(2)).isEmpty)
  }

  @Test func whatIsFixedIsHeld() {
    var pinned = problem
    pinned.fixed = [0: insert(2)]
    #expect(
      pinned.violations(of: organic(0) + [insert(0)] + organic(1, 2)) == [.fixed(slot: 0)])
    #expect(pinned.violations(of: [insert(2)] + organic(0, 1, 2)).isEmpty)
  }
}
