import EvaluationReport
import EvaluatorModel
import Features
import Objectives
import OfflineEvaluation
import RandomStreams
import Sessions
import Tensors
import Testing
import Worlds

@Suite struct TradeOffTests {
  /// Two objectives, utilities by hand at the corners and the midpoint.
  private func tradeOff(
    _ corners: ([Double], [Double]), midpoint: [Double], truth: [Double]? = nil
  ) -> TradeOff? {
    func utilities(_ middle: [Double]) -> ([Float]) -> [Double]? {
      { w in w == [1, 0] ? corners.0 : w == [0, 1] ? corners.1 : middle }
    }
    return TradeOffMeasurement.tradeOffs(
      names: ["a", "b"], scales: [2, 10], evaluators: utilities(midpoint),
      truth: truth.map(utilities) ?? { _ in nil })["a/b"]
  }

  @Test func whatIsKeptIsAShareOfTheRangeBetweenTheCorners() throws {
    let pair = try #require(tradeOff(([3, 10], [1, 20]), midpoint: [2.5, 13], truth: [2, 15]))
    #expect(pair.first == "a" && pair.second == "b")
    let (a, b) = (pair.byEvaluators.first, pair.byEvaluators.second)
    #expect(a.own == 3 && a.midpoint == 2.5 && a.other == 1)
    #expect(a.kept == 0.75 && b.kept == 0.3)
    // In scales.
    #expect(a.range == 1 && b.range == 1)
    #expect(pair.byEvaluators.isTradeOff)
    #expect(pair.byTruth?.first.kept == 0.5 && pair.byTruth?.second.kept == 0.5)
  }

  @Test func aSwitchKeepsAllOfOneAndNothingOfTheOther() throws {
    let pair = try #require(tradeOff(([3, 10], [1, 20]), midpoint: [3, 10]))
    #expect(pair.byEvaluators.first.kept == 1 && pair.byEvaluators.second.kept == 0)
    #expect(pair.byTruth == nil)
  }

  @Test func withoutARangeThereIsNothingToTrade() throws {
    // 4 % of the scale of b.
    let small = try #require(tradeOff(([3, 10], [1, 10.4]), midpoint: [2, 10.2]))
    #expect(
      !small.byEvaluators.isTradeOff && abs((small.byEvaluators.second.kept ?? 0) - 0.5) < 1e-9)
    // More weight on b gives less of it.
    let harmful = try #require(tradeOff(([3, 20], [1, 10]), midpoint: [2, 15]))
    #expect(!harmful.byEvaluators.isTradeOff && harmful.byEvaluators.second.kept == nil)
    let flat = try #require(tradeOff(([3, 10], [3, 20]), midpoint: [3, 15]))
    #expect(flat.byEvaluators.first.kept == nil && !flat.byEvaluators.isTradeOff)
  }

  @Test func everyPairHasItsCornersAndItsMidpoint() {
    #expect(
      TradeOffMeasurement.weights(objectives: 3)
        == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]])
  }

  /// Gives the list to the objective with the most weight, the first of equals. Between four
  /// objectives no midpoint is a probe, so the sessions are asked again.
  @Test(arguments: [2, 3, 4]) func aFakeMethodIsFollowedOverEveryPair(count: Int) throws {
    let features = ["price", "rating", "score", "age_days"].prefix(count)
    var law = FeedWorldConfiguration()
    (law.users, law.items, law.shops, law.categories) = (20, 60, 6, 3)
    (law.candidates, law.listLength) = (8, 3)
    let world = FeedWorld(law)
    let sessions = (0..<10).map { world.session($0) }
    let objectives = try ObjectiveSet(
      features.map { ObjectiveConfiguration(name: $0, .rule(.mean(number: $0)), scale: 2) })
    var fitter = SchemaFitter(SchemaConfiguration())
    for session in sessions { fitter.add(session) }
    let schema = try fitter.fit(columns: objectives.columns, feedback: ["click"])
    let evaluator = Evaluator(
      EvaluatorConfiguration(), layout: schema.layout,
      heads: [EvaluatorHead(feedback: "click", kind: .binary)], slots: 3,
      stream: RandomStream(seed: 1, "trade-off"))
    let referees = ListReferees(
      schema: schema, objectives: objectives,
      evaluators: EvaluatorEnsemble(members: [evaluator], pessimism: 0), judge: nil, world: world)
    let probes = ProbeSet.standard(count)
    let known = MethodEvaluation(referees: referees, probes: probes).accumulate(
      [(BestOfColumn(), nil)], sessions: sessions, workers: Workers(1))[0]
    let tradeOffs = try #require(
      TradeOffMeasurement(referees: referees, probes: probes).tradeOffs(
        BestOfColumn(), known: known, sessions: sessions, workers: Workers(1)))
    #expect(tradeOffs.count == count * (count - 1) / 2)

    /// Mean of column k over the lists that have the most of column `of`.
    func mean(_ k: Int, of column: Int) -> Double {
      sessions.reduce(0) { sum, session in
        let columns = schema.encode(session).request.columns
        let list = BestOfColumn.list(columns[column], length: 3)
        return sum + Double(list.reduce(0) { $0 + columns[k][$1] }) / 3
      } / 10
    }
    for (a, b) in (0..<count).flatMap({ a in (a + 1..<count).map { (a, $0) } }) {
      let pair = try #require(tradeOffs["\(features[a])/\(features[b])"])
      for figures in [pair.byEvaluators, try #require(pair.byTruth)] {
        #expect(abs(figures.first.own - mean(a, of: a)) < 1e-3)
        #expect(abs(figures.first.other - mean(a, of: b)) < 1e-3)
        #expect(abs(figures.second.own - mean(b, of: b)) < 1e-3)
        #expect(figures.first.midpoint == figures.first.own)
        #expect(figures.second.midpoint == figures.second.other)
        #expect(figures.first.kept == 1 && figures.second.kept == 0)
      }
    }
  }
}

/// The items with the most of one column, that of the largest weight.
private struct BestOfColumn: ListMethod {
  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    let column = weights.firstIndex(of: weights.max() ?? 0) ?? 0
    return requests.lengths.enumerated().map { b, length in
      Self.list(requests.batch.columns[b][column], length: length)
    }
  }

  static func list(_ column: [Float], length: Int) -> [Int] {
    Array(column.indices.sorted { column[$0] > column[$1] }.prefix(length))
  }
}
