import FeedPlanning
import Testing

@Suite struct OddProblemTests {
  private func problem(
    slots: Int = 4, organic: Int = 4, _ channels: [FeedChannel] = [],
    fixed: [Int: FeedChoice] = [:]
  ) -> FeedProblem {
    FeedProblem(
      slots: slots, organic: values(organic, slots), channels: channels,
      viewChances: (0..<max(0, slots)).map { 1 / Double($0 + 1) }, fixed: fixed)
  }

  private func values(_ count: Int, _ slots: Int = 4, _ level: Double = 1) -> [[Double]] {
    (0..<count).map { item in (0..<max(0, slots)).map { _ in level / Double(item + 1) } }
  }

  private func reason(_ problem: FeedProblem) -> FeedInfeasibility? {
    do {
      _ = try FeedPlanner.plan(problem)
    } catch let FeedPlanningError.infeasible(reason) {
      return reason
    } catch {}
    return nil
  }

  @Test func nothingToPlanIsAnEmptyPlan() throws {
    let plan = try FeedPlanner.plan(problem(slots: 0, organic: 0))
    #expect(plan.choices.isEmpty && plan.value == 0 && plan.isProven)
  }

  @Test func channelsThatAllowNothingLeaveTheOrganicList() throws {
    let inserts = values(2, 4, 9)
    for channel in [
      FeedChannel(inserts: []), FeedChannel(inserts: inserts, maximum: 0),
      FeedChannel(inserts: inserts, share: 0), FeedChannel(inserts: inserts, first: 99),
      FeedChannel(inserts: [], ordered: false, gap: 99),
    ] {
      let plan = try FeedPlanner.plan(problem([channel]))
      #expect(plan.choices == (0..<4).map { .organic($0) })
    }
  }

  @Test func aGapBeyondTheListMeansOnce() throws {
    let channel = FeedChannel(inserts: values(3, 4, 9), gap: .max)
    let plan = try FeedPlanner.plan(problem([channel]))
    #expect(plan.choices.count { $0.channel == 0 } == 1)
  }

  @Test func insertsAloneCanFillAList() throws {
    let plan = try FeedPlanner.plan(problem(organic: 0, [FeedChannel(inserts: values(4))]))
    #expect(plan.choices == (0..<4).map { .insert(channel: 0, index: $0) })
  }

  /// A fixed insert leaves its queue, counts for the gap, and may stand above the first slot.
  @Test func whatIsFixedStands() throws {
    let channel = FeedChannel(inserts: values(3, 4, 9), gap: 3, first: 2)
    let pinned = problem([channel], fixed: [0: .insert(channel: 0, index: 1)])
    #expect(
      try FeedPlanner.plan(pinned).choices == [
        .insert(channel: 0, index: 1), .organic(0), .organic(1), .insert(channel: 0, index: 0),
      ])
  }

  @Test func oddEffortsAndCountsDoNotTrap() throws {
    let channel = FeedChannel(inserts: values(3, 4, 9), ordered: false, gap: 2, share: 0.6)
    let feed = problem([channel])
    let all = try FeedPlanner.plans(feed, count: .max)
    #expect(Set(all.map(\.choices)).count == all.count && all.count > 5)
    #expect(try FeedPlanner.plans(feed, count: 0).isEmpty)
    #expect(try FeedPlanner.plans(feed, count: -1).isEmpty)
    for effort in [
      FeedEffort(labels: -1, quickLabels: -1, steps: -1, cells: -1),
      FeedEffort(labels: .max, quickLabels: .max, cells: 100),
    ] {
      for method in [FeedMethod.automatic, .prices, .subsets] {
        let plan = try? FeedPlanner.plan(feed, method: method, effort: effort)
        if let plan { #expect(feed.violations(of: plan.choices).isEmpty) }
      }
    }
    let beam = try FeedPlanner.plan(feed, method: .beam(width: -3))
    #expect(feed.violations(of: beam.choices).isEmpty)
  }

  @Test func whatIsWrongIsNamed() {
    var wrong = problem([FeedChannel(inserts: values(2), gap: 0, minimum: 3, maximum: 1)])
    wrong.organic[2][1] = .nan
    wrong.channels[0].inserts[1] = [1]
    wrong.channels[0].share = -1
    wrong.viewChances[3] = .infinity
    wrong.fixed = [9: .organic(0), 1: .insert(channel: 4, index: 0)]
    let places = wrong.faults().map(\.place)
    #expect(
      places == [
        "viewChances.3", "organic.2.1", "channels.0.inserts.1", "channels.0.gap",
        "channels.0.minimum", "channels.0.share", "fixed.1", "fixed.9",
      ])
    #expect(throws: FeedPlanningError.faults(wrong.faults())) { try FeedPlanner.plan(wrong) }
    #expect(problem(slots: -1).faults().map(\.place) == ["slots"])
  }

  @Test func whatCannotBeIsSaid() {
    let three = values(3)
    #expect(
      reason(problem([FeedChannel(inserts: three, gap: 3, first: 1, minimum: 2)]))
        == .minimum(channel: 0, demanded: 2, possible: 1))
    #expect(
      reason(problem(organic: 2, [FeedChannel(inserts: three, maximum: 1)]))
        == .emptySlots(slots: 4, organic: 2, inserts: 1))
    let pins: [Int: FeedChoice] = [
      0: .insert(channel: 0, index: 0), 1: .insert(channel: 0, index: 1),
    ]
    #expect(
      reason(problem([FeedChannel(inserts: three, gap: 2)], fixed: pins))
        == .fixedTooClose(channel: 0, slots: [0, 1], gap: 2))
    #expect(
      reason(problem([FeedChannel(inserts: three, maximum: 1)], fixed: pins))
        == .fixedBeyondMaximum(channel: 0, fixed: 2, maximum: 1))
    guard
      case .fixedBeyondShare(0, 1.5, _) = reason(
        problem([FeedChannel(inserts: three, share: 0.5)], fixed: pins))
    else {
      Issue.record("expected the share to be named")
      return
    }
    // Each minimum is possible alone: six inserts do not stand in four slots.
    let greedy = FeedChannel(inserts: three, minimum: 3)
    #expect(reason(problem([greedy, greedy])) == .together)
  }

  @Test func minimaGoFirstWhatIsFixedStays() throws {
    let three = values(3, 4, 9)
    let demanding = problem([FeedChannel(inserts: three, gap: 4, minimum: 2)])
    let (plan, kept) = try FeedPlanner.relaxedPlan(demanding)
    #expect(kept == .withoutMinima && plan.choices.count { $0.channel == 0 } == 1)
    let pins: [Int: FeedChoice] = [
      0: .insert(channel: 0, index: 0), 1: .insert(channel: 0, index: 1),
    ]
    let tight = problem([FeedChannel(inserts: three, gap: 4)], fixed: pins)
    let (forced, left) = try FeedPlanner.relaxedPlan(tight)
    #expect(left == .fixedOnly && forced.choices[0] == pins[0] && forced.choices[1] == pins[1])
    #expect(throws: FeedPlanningError.self) {
      try FeedPlanner.relaxedPlan(problem(organic: 0, [FeedChannel(inserts: three, gap: 4)]))
    }
  }
}
