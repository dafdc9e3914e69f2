import FeedPlanning
import Testing

/// Beam, fixed slots and the threshold rule: what the exact plan is compared with.
@Suite struct OtherMethodTests {
  /// Organic items worth 4, 3, 2, 1 anywhere; inserts 3.5 and 3.4.
  private let problem = FeedProblem(
    slots: 4, organic: (1...4).reversed().map { Array(repeating: Double($0), count: 4) },
    channels: [
      FeedChannel(inserts: [[3.5, 3.5, 3.5, 3.5], [3.4, 3.4, 3.4, 3.4]], gap: 2, first: 1)
    ], viewChances: [1, 1, 1, 1])

  private func insert(_ index: Int) -> FeedChoice { .insert(channel: 0, index: index) }

  @Test func fixedSlotsTakeTheHead() throws {
    let plan = try FeedPlanner.plan(problem, method: .fixedSlots([[0, 2, 3]]))
    // Slot 0 is above the first allowed one, slot 3 too near.
    #expect(plan.choices == [.organic(0), .organic(1), insert(0), .organic(2)])
    #expect(plan.value == 12.5 && !plan.isProven)
  }

  @Test func theThresholdComparesWithWhatIsDisplaced() throws {
    let plan = try FeedPlanner.plan(problem, method: .threshold(0))
    #expect(plan.choices == [.organic(0), insert(0), .organic(1), insert(1)])
    let strict = try FeedPlanner.plan(problem, method: .threshold(1))
    #expect(strict.choices == [.organic(0), .organic(1), insert(0), .organic(2)])
  }

  /// A minimum forces an insert at the last slots that can meet it, whatever its value.
  @Test func rulesMeetMinimaWhereTheyCan() throws {
    var demanding = problem
    demanding.channels[0].minimum = 2
    let plan = try FeedPlanner.plan(demanding, method: .threshold(9))
    #expect(plan.choices == [.organic(0), insert(0), .organic(1), insert(1)])
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>) func noMethodBeatsTheExactOne(
    seed: UInt64
  ) throws {
    var found = 0
    for index in 0..<100 as Range<UInt64> {
      let problem = RandomProblems().problem(seed: seed, index)
      let best = try? FeedPlanner.plan(problem)
      for method in [
        FeedMethod.beam(width: 1), .beam(width: 10), .fixedSlots([[1, 3], [2], [0, 4]]),
        .threshold(0),
      ] {
        guard let plan = try? FeedPlanner.plan(problem, method: method) else { continue }
        found += 1
        #expect(problem.violations(of: plan.choices).isEmpty)
        #expect(plan.value <= (best?.value ?? -.infinity) + 1e-9)
      }
    }
    #expect(found > 150)
  }

  @Test func aWideBeamIsExact() throws {
    for index in 0..<50 as Range<UInt64> {
      let problem = RandomProblems().problem(seed: 21, index)
      let best = try? FeedPlanner.plan(problem)
      let beam = try? FeedPlanner.plan(problem, method: .beam(width: 100_000))
      #expect(abs((best?.value ?? 0) - (beam?.value ?? 0)) < 1e-9)
    }
  }
}
