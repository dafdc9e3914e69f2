import Foundation
import Objectives
import RandomStreams
import Sessions
import Testing

@Suite struct ObjectiveSetTests {
  private func set() throws -> ObjectiveSet {
    try ObjectiveSet([
      ObjectiveConfiguration(name: "click", .predicted(feedback: "click", .sum)),
      ObjectiveConfiguration(name: "cold_start", .rule(.share(flag: "is_cold"))),
      ObjectiveConfiguration(name: "any_click", .predicted(feedback: "click", .any)),
      ObjectiveConfiguration(name: "shops", .rule(.distinct(group: "shop", window: 3))),
      ObjectiveConfiguration(name: "cold_quota", .rule(.quota(flag: "is_cold", target: 0.5))),
      ObjectiveConfiguration(name: "like", .predicted(feedback: "like", .sum), scale: 0.5),
    ])
  }

  @Test func columnsAndHeadsComeOnceInOrderOfFirstUse() throws {
    let set = try set()
    #expect(
      set.columns == [CandidateColumn(.flag, of: "is_cold"), CandidateColumn(.group, of: "shop")])
    #expect(set.feedback == ["click", "like"])
    #expect(set.localWidth == 2 + 3 + 3)
    #expect(set.count == 6)
  }

  @Test func utilitiesAreInRawUnitsByHand() throws {
    let columns: [[Float]] = [[1, 0, 0], [0, 0, 1]]
    let predictions: [[Float]] = [[0.5, 0.2, 0.9], [0.1]]
    let utilities = try set().utilities(of: [0, 1], columns: columns, predictions: predictions)
    let expected: [Float] = [0.7, 0.5, 0.6, 0.5, 1, 0.1]
    for (a, b) in zip(utilities, expected) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func anEmptyListHasNoUtility() throws {
    let utilities = try set().utilities(of: [], columns: [[1], [0]], predictions: [[0.5], [0.5]])
    #expect(utilities.allSatisfy { $0 == 0 })
  }

  @Test(arguments: 0..<8)
  func ruleIncrementsSumToTheRewardOfTheRules(seed: Int) throws {
    var set = try set()
    set.setScales([2, 0.1, 0.3, 0.2, 0.4, 9])
    var stream = RandomStream(seed: UInt64(seed), "set")
    let columns = [
      (0..<12).map { _ in Float(stream.below(2)) }, (0..<12).map { _ in Float(stream.below(5)) },
    ]
    let list = Array(stream.permutation(12).prefix(7))
    let weights = WeightSampling().sample(count: set.count, using: &stream)
    let none = [[Float]](repeating: [], count: 2)
    let reward = set.reward(
      set.utilities(of: list, columns: columns, predictions: none), weights: weights)
    let increments = set.ruleIncrements(of: list, columns: columns, weights: weights)
    #expect(increments.count == 7)
    #expect(abs(increments.reduce(0, +) - reward) < 1e-4 * max(1, abs(reward)))
  }

  @Test func theSetsContextIsItsRulesSideBySide() throws {
    let set = try set()
    let columns: [[Float]] = [[1, 0, 0, 1], [0, 0, 1, 1]]
    var out = [Float](repeating: -9, count: 4 * 9 + 2)
    set.writeLocalContext(
      after: [0, 2], length: 4, columns: columns, into: &out, base: 1, stride: 9)
    #expect(Array(out[10..<19]) == [0, 0.25, 1, 0.25, 0.5, 0, 0.5, 0, -9])
    #expect(out[0] == -9)
  }

  @Test func unsoundScalesBecomeOneAndAreNamed() throws {
    var set = try set()
    let refused = set.setScales([2, 0, .nan, -1, .infinity, 7])
    #expect(refused == ["cold_start", "any_click", "shops", "cold_quota"])
    #expect(set.objectives.map(\.scale) == [2, 1, 1, 1, 1, 0.5])
  }

  @Test func rewardDividesByTheScale() throws {
    var set = try ObjectiveSet([
      ObjectiveConfiguration(name: "a", .rule(.mean(number: "x"))),
      ObjectiveConfiguration(name: "b", .rule(.mean(number: "y"))),
    ])
    set.setScales([2, 0.5])
    #expect(set.reward([4, 1], weights: [0.25, 0.75]) == 2)
  }

  @Test func aSetSurvivesTheCheckpoint() throws {
    var set = try set()
    set.setScales([2, 0.1, 0.3, 0.2, 0.4, 9])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let back = try JSONDecoder().decode(ObjectiveSet.self, from: encoder.encode(set))
    #expect(back == set)
    #expect(back.columns == set.columns && back.localWidth == set.localWidth)
    let rule = RuleDefinition.distinct(group: "shop", window: 3)
    let text = String(decoding: try encoder.encode(rule), as: UTF8.self)
    #expect(text == #"{"distinct":"shop","window":3}"#)
    #expect(try JSONDecoder().decode(RuleDefinition.self, from: Data(text.utf8)) == rule)
  }

  @Test func theMeterGivesTheSampleDeviation() {
    var meter = ScaleMeter(objectives: 2)
    #expect(meter.standardDeviations == [0, 0])
    for x: Float in [2, 4, 4, 4, 5, 5, 7, 9] { meter.add([x, 1000]) }
    #expect(abs(meter.standardDeviations[0] - 2.13809) < 1e-4)
    #expect(meter.standardDeviations[1] == 0)
    #expect(meter.means == [5, 1000])
  }
}
