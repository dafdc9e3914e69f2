import Baselines
import Features
import Objectives
import OfflineEvaluation
import Testing
import TinyModels

@Suite(.serialized) struct DiversifiedListsTests {
  private let sessions = PlantedLog(seed: 3, count: 40).sessions

  @Test(arguments: [DiversifiedLists.Variant.mmr(tradeOff: 1), .dpp(tradeOff: 1)])
  func atTradeOffOneTheMostRelevantItemsCome(variant: DiversifiedLists.Variant) {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let values = FixedScorer().values(requests.batch)
    let lists = DiversifiedLists(FixedScorer(), objectives: tinyObjectives, variant: variant)
      .lists(for: requests, weights: [1, 0, 0])
    for (b, list) in lists.enumerated() {
      let sorted = values[b][0].sorted(by: >).prefix(list.count)
      #expect(list.map { values[b][0][$0] } == Array(sorted))
    }
  }

  @Test(arguments: [DiversifiedLists.Variant.mmr(tradeOff: 0.3), .dpp(tradeOff: 0.3)])
  func aLowTradeOffSpreadsGroups(variant: DiversifiedLists.Variant) {
    let plain = brands(.mmr(tradeOff: 1), groupShare: 1)
    #expect(brands(variant, groupShare: 1) > plain + 0.1)
  }

  @Test func withoutGroupShareMarginalRelevanceTurnsNumbersAway() {
    #expect(cosine(.mmr(tradeOff: 0.3)) { $0 } < cosine(.mmr(tradeOff: 1)) { $0 } - 0.5)
  }

  /// A determinant is largest for vectors at right angles.
  @Test func withoutGroupShareTheDeterminantSetsNumbersAtRightAngles() {
    #expect(cosine(.dpp(tradeOff: 0.3), abs) < cosine(.dpp(tradeOff: 1), abs) - 0.3)
  }

  /// A share's item value is its flag: at weight 1 on it, flagged items come first.
  @Test func weightsSteerTheRelevance() {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let method = DiversifiedLists(
      FixedScorer(), objectives: tinyObjectives, variant: .mmr(tradeOff: 1))
    for (b, list) in method.lists(for: requests, weights: [0, 1, 0]).enumerated() {
      let flags = requests.batch.columns[b][0]
      let flagged = min(list.count, Int(flags.reduce(0, +)))
      #expect(list.count { flags[$0] == 1 } == flagged)
    }
  }

  /// At weight 1 on an objective that single items have no part in, all are equally relevant.
  @Test func onADistinctObjectiveOnlyDiversityIsLeft() {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let method = DiversifiedLists(
      FixedScorer(), objectives: tinyObjectives, variant: .mmr(tradeOff: 0.9), groupShare: 1)
    for (b, list) in method.lists(for: requests, weights: [0, 0, 1]).enumerated() {
      let brands = requests.batch.columns[b][1]
      #expect(Set(list.map { brands[$0] }).count == min(list.count, Set(brands).count))
    }
  }

  /// By hand: priorities 0, 4, 2 stand at 0, 1, 1/2 between lowest and highest; prices are weighed as
  /// they are. With n = 2: order 0.5 / 0.25 / 2 = 1 per standing, mean 0.5 / 1 / 2 = 0.25 per price.
  @Test func ordersAndMeansAreRelevances() {
    let objectives = ObjectiveSet(objectives: [
      Objective(name: "order", definition: .rule(.order(priority: "rank")), scale: 0.25),
      Objective(name: "mean", definition: .rule(.mean(number: "price"))),
    ])
    var request = tinyRequests(seed: 1, candidates: [3])[0]
    // Relevances 1.3, 1, 1.1.
    request.columns = [[0, 4, 2], [5.2, 0, 2.4]]
    let requests = MethodRequests(
      batch: RequestBatch([request]), lengths: [2], logged: [[]], firstRequest: 0)
    let lists = DiversifiedLists(
      FixedScorer(), objectives: objectives, variant: .mmr(tradeOff: 1)
    ).lists(for: requests, weights: [0.5, 0.5])
    #expect(lists == [[0, 2]])
  }

  /// Mean share of distinct brands.
  private func brands(_ variant: DiversifiedLists.Variant, groupShare: Float) -> Double {
    mean(variant, groupShare) { requests, b, list in
      Double(Set(list.map { requests.batch.columns[b][1][$0] }).count) / Double(list.count)
    }
  }

  /// Mean of a figure of the cosine between the numbers of the first two items.
  private func cosine(
    _ variant: DiversifiedLists.Variant, _ figure: (Double) -> Double
  ) -> Double {
    mean(variant, 0) { requests, b, list in
      let (x, y) = (direction(list[0], requests, b), direction(list[1], requests, b))
      return figure(x.0 * y.0 + x.1 * y.1)
    }
  }

  private func direction(
    _ candidate: Int, _ requests: MethodRequests, _ b: Int
  ) -> (Double, Double) {
    let row = requests.batch.offsets[b] + candidate
    let x = Double(requests.batch.item.numbers[2 * row])
    let y = Double(requests.batch.item.numbers[2 * row + 1])
    let length = (x * x + y * y).squareRoot()
    return (x / length, y / length)
  }

  private func mean(
    _ variant: DiversifiedLists.Variant, _ groupShare: Float,
    _ figure: (MethodRequests, Int, [Int]) -> Double
  ) -> Double {
    let requests = MethodRequests(sessions, firstRequest: 0)
    let lists = DiversifiedLists(
      FixedScorer(), objectives: tinyObjectives, variant: variant, groupShare: groupShare
    ).lists(for: requests, weights: [1, 0, 0])
    return lists.enumerated().reduce(0) { $0 + figure(requests, $1.offset, $1.element) }
      / Double(lists.count)
  }
}
