import Objectives
import RandomStreams
import Testing

@Suite struct RuleTests {
  /// Largest distance between a value and the sum of its increments, over random lists.
  private func worstGap(_ test: RuleCase, seed: Int) -> Float {
    var stream = RandomStream(seed: UInt64(seed), "rules")
    var worst: Float = 0
    for _ in 0..<40 {
      let m = 1 + stream.below(20)
      let column = test.column(m, &stream)
      let list = Array(stream.permutation(m).prefix(1 + stream.below(m)))
      var sum: Float = 0
      for t in list.indices {
        sum += test.rule.increment(
          placing: list[t], after: Array(list[..<t]), length: list.count, column: column)
      }
      worst = max(worst, abs(sum - test.rule.value(of: list, column: column)))
    }
    return worst
  }

  @Test(arguments: RuleCase.all, 0..<8)
  func incrementsSumToTheValue(_ test: RuleCase, seed: Int) {
    #expect(worstGap(test, seed: seed) < 1e-5)
  }

  @Test func incrementsWithAFaultAreFound() {
    let faulty = RuleCase(name: "uncapped", rule: UncappedQuota()) { _ in 0 }
    #expect(worstGap(faulty, seed: 0) > 0.1)
  }

  @Test(arguments: RuleCase.all, 0..<8)
  func valuesAgreeWithTheDirectDefinition(_ test: RuleCase, seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "values")
    for _ in 0..<40 {
      let m = 1 + stream.below(20)
      let column = test.column(m, &stream)
      let list = Array(stream.permutation(m).prefix(1 + stream.below(m)))
      let direct = test.direct(list.map { column[$0] })
      #expect(abs(test.rule.value(of: list, column: column) - direct) < 1e-5)
    }
  }

  @Test(arguments: RuleCase.all)
  func anEmptyListIsWorthNothing(_ test: RuleCase) {
    #expect(test.rule.value(of: [], column: [1, 0, 1]) == 0)
  }

  @Test func aListOfOneIsInOrderAndDistinct() {
    #expect(Order(priority: "p").value(of: [1], column: [0, 2]) == 1)
    #expect(Order(priority: "p").increment(placing: 1, after: [], length: 1, column: [0, 2]) == 1)
    #expect(Distinct(group: "g").value(of: [0], column: [0, 0]) == 1)
  }

  @Test func tiesAreInOrder() {
    #expect(Order(priority: "p").value(of: [0, 1, 2], column: [3, 3, 3]) == 1)
    #expect(Order(priority: "p").value(of: [2, 1, 0], column: [3, 2, 1]) == 0)
  }

  @Test func flagsBeyondTheQuotaEarnNothing() {
    let quota = Quota(flag: "f", target: 0.5)
    let column: [Float] = [1, 1, 1, 0]
    #expect(quota.value(of: [0, 1, 2, 3], column: column) == 1)
    #expect(quota.increment(placing: 2, after: [0, 1], length: 4, column: column) == 0)
    #expect(quota.value(of: [0, 3], column: column) == 1)
  }

  @Test func aThresholdIsReachedAtOnceAndARampOnTheWay() {
    let column: [Float] = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    let list = Array(0..<10)
    // Three of ten are .3 although .3 is no number of Float.
    #expect(Threshold(flag: "f", target: 0.3).value(of: list, column: column) == 1)
    #expect(Threshold(flag: "f", target: 0.31).value(of: list, column: column) == 0)
    let step = Threshold(flag: "f", target: 0.3)
    #expect(step.increment(placing: 1, after: [0], length: 10, column: column) == 0)
    #expect(step.increment(placing: 2, after: [0, 1], length: 10, column: column) == 1)
    let ramp = Threshold(flag: "f", target: 0.4, ramp: 0.5)
    #expect(abs(ramp.value(of: list, column: column) - 0.5) < 1e-6)
    // Of the whole way it is the quota, where the target is a whole number of items.
    let whole = Threshold(flag: "f", target: 0.4, ramp: 1)
    let quota = Quota(flag: "f", target: 0.4)
    #expect(
      abs(whole.value(of: list, column: column) - quota.value(of: list, column: column)) < 1e-6)
  }

  @Test func aGateClosesWhileTheBatchHoldsItsShare() throws {
    let set = try ObjectiveSet([
      ObjectiveConfiguration(name: "new", .rule(.gated(flag: "f", target: 0.25))),
      ObjectiveConfiguration(name: "share", .rule(.share(flag: "f"))),
    ])
    let columns: [[[Float]]] = [[[1, 0, 0, 0]], [[0, 0, 0, 1]]]
    let weights: [[Float]] = [[0.5, 0.5], [1, 0]]
    func gated(_ lists: [[Int]]) -> [[Float]] {
      set.gated(weights, lists: lists, requests: [0, 1], columns: columns)
    }
    // One of eight places, then two of eight: only the list of the other request has the second flag.
    #expect(gated([[0, 1, 2, 3], [0, 1, 2, 2]]) == weights)
    #expect(gated([[0, 1, 2, 3], [3, 0, 1, 2]]) == [[0, 0.5], [0, 0]])
    #expect(set.gated(weights, lists: [], requests: [], columns: columns) == weights)
  }

  @Test func onlyTheFirstPlacesAreToBeDistinct() {
    let rule = DistinctFirst(group: "g", places: 2)
    let column: [Float] = [0, 0, 1, 1]
    #expect(rule.value(of: [0, 2, 1, 3], column: column) == 1)
    #expect(rule.value(of: [0, 1, 2, 3], column: column) == 0.5)
    #expect(rule.value(of: [0], column: column) == 1)
    #expect(rule.increment(placing: 2, after: [0, 1], length: 4, column: column) == 0)
  }

  @Test func discountedIsTheWeightedMeanByHand() {
    // Weights 1 and 1 / log2(3) = 0.63093.
    let value = Discounted(number: "x").value(of: [0, 1], column: [3, 1])
    #expect(abs(value - (3 + 0.63093) / 1.63093) < 1e-4)
  }
}
