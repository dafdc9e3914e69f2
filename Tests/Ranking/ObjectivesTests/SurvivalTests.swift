import JSON
import Objectives
import RandomStreams
import Testing

@Suite struct SurvivalTests {
  private func set(scale: Float = 1) -> ObjectiveSet {
    ObjectiveSet(objectives: [
      Objective(
        name: "like", definition: .predicted(feedback: "like", .survival(next: "has_next")),
        scale: scale)
    ])
  }

  @Test func headsAreTheOnesThatItNeeds() {
    #expect(set().feedback == ["like", "has_next"])
  }

  /// s = 1, .5, .1: .4 + .5 * .2 + .1 * .9
  @Test func aListByHand() {
    let utilities = set().utilities(
      of: [2, 0, 1], columns: [], predictions: [[0.4, 0.2, 0.9], [0.5, 0.2, 0.7]])
    #expect(abs(utilities[0] - 0.59) < 1e-6)
  }

  @Test(arguments: 0..<5) func incrementsSumToTheReward(seed: Int) {
    var stream = RandomStream(seed: UInt64(seed), "survival")
    let predictions = (0..<2).map { _ in (0..<6).map { _ in Float(stream.uniform()) } }
    let set = set(scale: 0.3)
    let list = [3, 1, 4, 0, 5, 2]
    let reward = set.reward(
      set.utilities(of: list, columns: [], predictions: predictions), weights: [0.7])
    let increments = set.predictedIncrements(of: list, predictions: predictions, weights: [0.7])
    #expect(abs(increments.reduce(0, +) - reward) < 1e-5)
  }

  /// What the log says of a list that was left in its second place: likes seen, 1 of 1.
  @Test func whatNobodySawCountsForNothing() {
    let utilities = set().utilities(
      of: [0, 1, 2], columns: [], predictions: [[0, 1, .nan], [1, 0, .nan]])
    #expect(utilities == [1])
  }

  /// With the chance to go on at 1 everywhere it is the sum.
  @Test func whereNobodyLeavesItIsTheSum() {
    let utilities = set().utilities(
      of: [0, 1], columns: [], predictions: [[0.25, 0.5], [1, 1]])
    #expect(utilities == [0.75])
  }

  @Test func itIsWrittenAsItIsRead() throws {
    let written = try EncodedJSON.line(set())
    #expect(
      String(decoding: written, as: UTF8.self).contains(
        #""definition":{"aggregate":"survival","next":"has_next","predicted":"like"}"#))
    #expect(try EncodedJSON.value(ObjectiveSet.self, of: written) == set())
  }

  @Test func whatIsMissingOrTooMuchIsSaid() {
    func faults(_ change: (inout ObjectiveTerms) -> Void) -> [String] {
      var terms = ObjectiveTerms()
      terms.predicted = "like"
      change(&terms)
      return ObjectiveConfiguration(name: "like", terms: terms).validate()
    }
    #expect(faults { $0.aggregate = "survival" }.first?.contains("needs next") == true)
    #expect(faults { $0.next = "has_next" }.first?.contains("next belongs to") == true)
    #expect(
      faults {
        $0.aggregate = "survival"
        $0.next = "has_next"
      }.isEmpty)
  }
}
