import Objectives
import RandomStreams
import Sessions
import Testing

@Suite struct LocalContextTests {
  /// `[M][localWidth]`
  private func context(
    _ rule: any RuleUtility, after placed: [Int], length: Int, _ column: [Float]
  ) -> [[Float]] {
    let width = rule.localWidth
    var out = [Float](repeating: -9, count: column.count * width)
    rule.writeLocalContext(
      after: placed, length: length, column: column, into: &out, base: 0, stride: width)
    return column.indices.map { Array(out[$0 * width..<($0 + 1) * width]) }
  }

  @Test func shareShowsTheFlagAndTheShareSoFar() {
    let rows = context(Share(flag: "f"), after: [0, 2], length: 4, [1, 1, 0])
    #expect(rows == [[1, 0.25], [1, 0.25], [0, 0.25]])
  }

  @Test func quotaShowsWhetherAFlagStillCounts() {
    let quota = Quota(flag: "f", target: 0.5)
    #expect(
      context(quota, after: [0], length: 4, [1, 1, 0]) == [
        [1, 0.5, 1], [1, 0.5, 1], [0, 0.5, 0],
      ])
    #expect(context(quota, after: [0, 1], length: 4, [1, 1, 1])[2] == [1, 1, 0])
  }

  @Test func distinctShowsOccurrenceCountAndDistance() {
    let column: [Float] = [0, 1, 0, 2, 1]
    let rows = context(Distinct(group: "g", window: 1), after: [0, 2, 1], length: 10, column)
    #expect(rows[3] == [0, 0, 0])
    #expect(rows[4] == [1, 0.1, 1])
    #expect(rows[0] == [0, 0.2, 0.5])
    #expect(context(Distinct(group: "g"), after: [0, 2, 1], length: 10, column)[0][0] == 1)
  }

  @Test func orderShowsViolationsAndStanding() {
    let rows = context(Order(priority: "p"), after: [0, 2], length: 3, [1, 4, 2, 0])
    #expect(rows[1] == [1, 1])
    #expect(rows[3] == [0, 0])
    #expect(rows[2] == [0.5, 0.5])
    #expect(context(Order(priority: "p"), after: [], length: 3, [2, 2]) == [[0, 0], [0, 0]])
  }

  /// Exactly, since the count is of whole numbers; past every width of the vectors it may use.
  @Test func orderCountsTheLowerOnesOfListsOfAnyLength() {
    var stream = RandomStream(seed: 1, "order")
    let column = (0..<50).map { _ in Float(stream.below(9)) }
    let list = Array(stream.permutation(50))
    for t in 0...40 {
      let rows = context(Order(priority: "p"), after: Array(list[..<t]), length: 41, column)
      for i in column.indices {
        let lower = list[..<t].count { column[$0] < column[i] }
        #expect(rows[i][0] == Float(lower) * (1 / Float(max(t, 1))))
      }
    }
  }

  @Test func numbersAreStandardisedWithinTheCandidates() {
    let rows = context(Mean(number: "x"), after: [], length: 2, [100, 300])
    #expect(rows == [[-1], [1]])
    #expect(context(Mean(number: "x"), after: [], length: 2, [7, 7]) == [[0], [0]])
    let second = context(Discounted(number: "x"), after: [0], length: 2, [100, 300])
    #expect(second[1][0] == 1 && abs(second[1][1] - 0.63093) < 1e-4)
  }

  @Test(arguments: RuleCase.all, 0..<8)
  func contextIsBoundedAndWritesOnlyItsOwnColumns(_ test: RuleCase, seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "context")
    let m = 1 + stream.below(30)
    let column = test.column(m, &stream).map { $0 * (test.rule.column.kind == .number ? 1e6 : 1) }
    let list = Array(stream.permutation(m).prefix(10))
    let width = test.rule.localWidth
    let stride = width + 2
    for t in list.indices {
      var out = [Float](repeating: -9, count: m * stride)
      test.rule.writeLocalContext(
        after: Array(list[..<t]), length: list.count, column: column, into: &out, base: 1,
        stride: stride)
      for (place, number) in out.enumerated() {
        let own = (1...width).contains(place % stride)
        #expect(own ? abs(number) <= 4 : number == -9)
      }
    }
  }

  @Test(arguments: 0..<8)
  func theContextTellsTheNextIncrementOfDistinctAndOrder(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "tells")
    let groups = (0..<20).map { _ in Float(stream.below(6)) }
    let list = Array(stream.permutation(20).prefix(10))
    for t in list.indices {
      let placed = Array(list[..<t])
      let distinct = Distinct(group: "g", window: 3)
      let repeated = context(distinct, after: placed, length: 10, groups)[list[t]][0]
      let gain = distinct.increment(placing: list[t], after: placed, length: 10, column: groups)
      #expect(abs(gain - (1 - repeated) / 10) < 1e-6)

      let order = Order(priority: "p")
      let violated = context(order, after: placed, length: 10, groups)[list[t]][0]
      let kept = order.increment(placing: list[t], after: placed, length: 10, column: groups)
      #expect(abs(kept - Float(t) * (1 - violated) / 45) < 1e-6)
    }
  }
}
