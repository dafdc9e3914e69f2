import Baselines
import Features
import Objectives
import OfflineEvaluation
import RandomStreams
import Sessions
import Testing
import TinyModels

@Suite struct SteeredGreedyTests {
  /// A predicted objective of either kind and all rules, with scales that differ.
  private let objectives = ObjectiveSet(objectives: [
    Objective(name: "clicks", definition: .predicted(feedback: "click", .sum), scale: 0.7),
    Objective(name: "any", definition: .predicted(feedback: "click", .any), scale: 0.2),
    Objective(name: "share", definition: .rule(.share(flag: "new")), scale: 0.3),
    Objective(name: "quota", definition: .rule(.quota(flag: "new", target: 0.5)), scale: 0.5),
    Objective(name: "shops", definition: .rule(.distinct(group: "shop", window: 2)), scale: 0.2),
    Objective(name: "order", definition: .rule(.order(priority: "rank")), scale: 0.15),
    Objective(name: "mean", definition: .rule(.mean(number: "price")), scale: 2),
    Objective(name: "top", definition: .rule(.discounted(number: "price")), scale: 1.5),
  ])

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aListOfOneIsTheCandidateWithTheHighestReward(seed: UInt64) {
    let (requests, values, weights) = draw(seed, length: 1)
    let columns = requests.batch.columns[0]
    let rewards = (0..<requests.batch.candidateCount(0)).map { candidate in
      objectives.reward(
        objectives.utilities(
          of: [candidate], columns: columns, predictions: [[values[candidate]]]),
        weights: weights)
    }
    let list = SteeredGreedy(FixedScorer(), objectives: objectives)
      .lists(for: requests, weights: weights)[0]
    #expect(abs(rewards[list[0]] - (rewards.max() ?? 0)) < 1e-5)
  }

  /// Each item after the first adds as much as any other open one would have: taken from whole lists,
  /// which are cut by nothing, since increments are divided by the full length.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theLastItemIsTheBestOneForTheRestOfTheList(seed: UInt64) {
    let (requests, values, weights) = draw(seed, length: 4)
    let list = SteeredGreedy(FixedScorer(), objectives: objectives)
      .lists(for: requests, weights: weights)[0]
    let chosen = reward(list, requests, values, weights)
    for other in 0..<requests.batch.candidateCount(0) where !list.dropLast().contains(other) {
      let instead = reward(list.dropLast() + [other], requests, values, weights)
      #expect(chosen >= instead - 1e-5, "\(list), \(other) instead of the last")
    }
  }

  /// The control of the test above: the same claim about logged lists is wrong.
  @Test func theLastItemOfARandomListIsNotTheBestOne() {
    let wrong = (1...20 as ClosedRange<UInt64>).count { seed in
      let (requests, values, weights) = draw(seed, length: 4)
      let list = Array(0..<4)
      return (4..<requests.batch.candidateCount(0)).contains {
        reward(list.dropLast() + [$0], requests, values, weights)
          > reward(list, requests, values, weights) + 1e-5
      }
    }
    #expect(wrong > 10)
  }

  /// Where nothing that is placed changes what the rest is worth, greedy is the best of all lists.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func onSumsItIsTheBestOfAllLists(seed: UInt64) {
    let (requests, values, _) = draw(seed, length: 3)
    let weights: [Float] = [0.5, 0, 0.3, 0, 0, 0, 0.2, 0]
    let list = SteeredGreedy(FixedScorer(), objectives: objectives)
      .lists(for: requests, weights: weights)[0]
    let best =
      allLists(candidates: requests.batch.candidateCount(0), length: 3)
      .map { reward($0, requests, values, weights) }.max() ?? 0
    #expect(abs(reward(list, requests, values, weights) - best) < 1e-4)
  }

  @Test func tiesGoToTheLowestIndex() {
    let (requests, _, _) = draw(1, length: 3)
    // No weight that anything earns: the mean of a constant number.
    var request = requests.batch.columns[0]
    request = request.map { $0.map { _ in 0 } }
    let encoded = tinyRequests(seed: 1, candidates: [7])[0]
    let batch = RequestBatch([
      EncodedRequest(
        item: encoded.item, user: encoded.user, context: encoded.context, columns: request)
    ])
    let same = MethodRequests(batch: batch, lengths: [3], logged: [[]], firstRequest: 0)
    let lists = SteeredGreedy(FixedScorer(), objectives: objectives)
      .lists(for: same, weights: [0, 0, 0, 0, 0, 0, 1, 0])
    #expect(lists == [[0, 1, 2]])
  }

  private func reward(
    _ list: [Int], _ requests: MethodRequests, _ values: [Float], _ weights: [Float]
  ) -> Float {
    objectives.reward(
      objectives.utilities(
        of: list, columns: requests.batch.columns[0], predictions: [list.map { values[$0] }]),
      weights: weights)
  }

  /// One request of seven candidates, its item values, and a w.
  private func draw(
    _ seed: UInt64, length: Int
  ) -> (requests: MethodRequests, values: [Float], weights: [Float]) {
    var stream = RandomStream(seed: seed, "steered greedy")
    var request = tinyRequests(seed: seed, candidates: [7])[0]
    request.columns = objectives.columns.map { column in
      (0..<7).map { _ in
        switch column.kind {
        case .number: Float(stream.normal())
        case .flag: Float(stream.below(2))
        case .group: Float(stream.below(3))
        }
      }
    }
    let batch = RequestBatch([request])
    let weights = stream.dirichlet([Double](repeating: 1, count: objectives.count))
    return (
      MethodRequests(batch: batch, lengths: [length], logged: [[]], firstRequest: 0),
      FixedScorer().values(batch)[0][0], weights.map { Float($0) }
    )
  }
}
