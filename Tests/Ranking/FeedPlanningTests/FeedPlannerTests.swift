import FeedPlanning
import Testing

@Suite struct FeedPlannerTests {
  /// By hand: the insert is worth 5 at the top, and moves organic items of 3, 2, 1 down by a slot.
  @Test func anInsertIsWorthWhatItAddsBeyondWhatItDisplaces() throws {
    let problem = FeedProblem(
      slots: 2, organic: [[3, 1], [3, 1]], channels: [FeedChannel(inserts: [[5, 4]])],
      viewChances: [1, 0.5])
    let plan = try FeedPlanner.plan(problem)
    #expect(plan.choices == [.organic(0), .insert(channel: 0, index: 0)])
    #expect(plan.value == 7)
  }
}
