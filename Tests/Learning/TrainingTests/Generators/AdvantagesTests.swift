import EvaluatorModel
import Features
import Objectives
import Testing
import TinyModels
import Training

/// One request with three candidates and two rules, all in numbers that floats hold exactly.
///
/// With w = (1/2, 1/2), a cold item of two adds 1/4 and its price adds an eighth of itself. The
/// lists (0, 1), (2, 0) and (1, 2) earn 3/4 + 1/4, 1/4 + 3/4 and 1/4 + 1/4.
@Suite struct AdvantagesTests {
  private let lists = [[0, 1], [2, 0], [1, 2]]
  /// Earns 1/4 + 3/4.
  private let logged = [[1, 0]]
  /// Earns 1/4 + 1/4.
  private let greedy = [[2, 1]]

  @Test func leaveOneOutComparesWithTheMeanOfTheOthers() {
    #expect(
      advantages(.leaveOneOut, toGo: false).values == [[0.25, 0.25], [0.25, 0.25], [-0.5, -0.5]])
    #expect(
      advantages(.leaveOneOut, toGo: true).values == [[0.25, -0.25], [0.25, 0.5], [-0.5, -0.25]])
  }

  @Test func loggedComparesWithTheLoggedList() {
    #expect(advantages(.logged, toGo: false).values == [[0, 0], [0, 0], [-0.5, -0.5]])
    #expect(advantages(.logged, toGo: true).values == [[0, -0.5], [0, 0], [-0.5, -0.5]])
  }

  @Test func greedyComparesWithTheGreedyList() {
    #expect(advantages(.greedy, toGo: false).values == [[0.5, 0.5], [0.5, 0.5], [0, 0]])
    #expect(advantages(.greedy, toGo: true).values == [[0.5, 0], [0.5, 0.5], [0, 0]])
  }

  @Test func noneIsTheReturnItself() {
    #expect(advantages(.none, toGo: false).values == [[1, 1], [1, 1], [0.5, 0.5]])
    #expect(advantages(.none, toGo: true).values == [[1, 0.25], [1, 0.75], [0.5, 0.25]])
  }

  @Test func theFiguresOfTheStepAreMeansOverLists() {
    let sums = advantages(.leaveOneOut, toGo: true).sums
    #expect(abs(sums.reward - 2.5 / 3) < 1e-12)
    #expect(sums.loggedReward == 1 && sums.requests == 1)
    // A tie with the logged list is not better.
    #expect(sums.betterThanLogged == 0)
    #expect(abs(sums.squares - 0.375 / 3) < 1e-12)
    #expect(
      abs(advantages(.leaveOneOut, toGo: true, logged: [[2, 1]]).sums.betterThanLogged - 2 / 3.0)
        < 1e-12)
  }

  /// A predicted utility has no step of its own: it counts from every step on.
  @Test func thePredictedPartOfTheRewardIsNeverTakenOff() {
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [tinyEvaluator()], pessimism: 0),
      objectives: tinyObjectives)
    let batch = RequestBatch(tinyRequests(seed: 1, candidates: [5]))
    let lists = [[0, 3, 2], [4, 1, 0]]
    var settings = GeneratorTraining()
    settings.lists = 2
    settings.baseline = .none
    for (weights, toGo) in [([1, 0, 0], true), ([0.5, 0.25, 0.25], true)] as [([Float], Bool)] {
      settings.rewardToGo = toGo
      let values = Advantages(
        batch, weights: [weights], lists: lists, logged: [[0, 1, 2]], compared: [[0, 1, 2]],
        utilities: utilities, settings: settings
      ).values
      let raw = utilities.utilities(batch, ListBatch(requests: [0, 0], lists: lists))
      for l in lists.indices {
        let reward = tinyObjectives.reward(raw[l], weights: weights)
        let increments = tinyObjectives.ruleIncrements(
          of: lists[l], columns: batch.columns[0], weights: weights)
        let returns = (0..<3).map { t in reward - increments[..<t].reduce(0, +) }
        #expect(distance(values[l], returns) < 1e-6)
      }
    }
  }

  private func advantages(
    _ baseline: Baseline, toGo: Bool, logged: [[Int]]? = nil
  ) -> Advantages {
    let objectives = ObjectiveSet(objectives: [
      Objective(name: "cold", definition: .rule(.share(flag: "is_cold"))),
      Objective(name: "price", definition: .rule(.mean(number: "price")), scale: 2),
    ])
    // No objective is predicted, so the evaluator is never asked.
    let utilities = UtilityModel(
      evaluators: EvaluatorEnsemble(members: [tinyEvaluator()], pessimism: 0),
      objectives: objectives)
    var request = tinyRequests(seed: 1, candidates: [3])[0]
    request.columns = [[1, 0, 1], [4, 2, 0]]
    var settings = GeneratorTraining()
    settings.lists = 3
    settings.baseline = baseline
    settings.rewardToGo = toGo
    return Advantages(
      RequestBatch([request]), weights: [[0.5, 0.5]], lists: lists, logged: logged ?? self.logged,
      compared: greedy, utilities: utilities, settings: settings)
  }
}
