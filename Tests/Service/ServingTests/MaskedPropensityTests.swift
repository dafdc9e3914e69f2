import EventIngest
import JSON
import ListRules
import Objectives
import OfflineEvaluation
import Serving
import Sessions
import Statistics
import Steering
import Tensors
import Testing

/// From a served list through the log and ingest into an estimate.
extension HTTPTests.EventLogFiles {
  /// The policy that drew the lists, held against its own log: each ratio of chances is 1, as long
  /// as it is asked under the masks of each list.
  @Test(arguments: [
    [], [ListRule(group: "shop", atMost: 1, window: 3), ListRule(flag: "is_cold", atLeast: 2)],
  ])
  func anEstimateOfThePolicyThatServedHasWeightOne(rules: [ListRule]) async throws {
    guard case .object(let members) = try JSONScanner.parse(Quickstart.body()) else { return }
    let items = members.first { $0.key == "items" }?.value.array?.compactMap { $0["id"] } ?? []
    let (sessions, report) = try await withLogs(
      Quickstart.ranker(), strategy: ListStrategy(.sample, lists: 1), rules: rules
    ) { client in
      for number in 0..<40 {
        let own: [(key: String, value: JSONValue)] = [
          ("request_id", .string("m\(number)")), ("weights", ["click": 1]),
          ("pins", [["id": items[(number + 7) % 40], "position": 2]]),
          ("ban", [items[number], items[(number + 1) % 40]]),
          ("require", [items[(number + 11) % 40]]),
          // Chances are among what the model saw.
          ("candidates", ["keep": .number(number % 2 == 0 ? 25 : 40), "by": "score"]),
        ]
        let body = JSONValue.object(
          members.filter { member in !own.contains { $0.key == member.key } } + own)
        let reply = try await client.rerank(body)
        #expect(reply.status == 200, "\(reply.text)")
      }
    }
    #expect(report.skipped.isEmpty, "\(report)")
    #expect(sessions.count == 40 && sessions.allSatisfy { $0.masks?.rules.count == rules.count })
    #expect(sessions.allSatisfy { $0.masks?.pins.count == 1 && $0.masks?.ban.count == 2 })
    let evaluation = try OffPolicyEvaluation(path: Quickstart.checkpoint)
    let weights = try Weights(named: ["click": 1], objectives: evaluation.objectiveNames)
    func weight(_ sessions: [Session]) throws -> WeightSummary {
      var options = OffPolicyEvaluation.Options()
      options.estimation.minimumEffectiveSlates = 0
      options.estimation.meanWeightLimit = .infinity
      let report = try evaluation.report(
        sessions, weights: weights, options: options, workers: Workers(2))
      #expect(report.listsOutsideMasks == 0)
      let list = report.estimates.first { $0.estimator == .listIPS }
      return try #require(list?.estimate?.weights)
    }
    let drawn = sessions.filter { $0.propensity != nil }
    // A list that a rule's fallback replaced has no propensities.
    #expect(drawn.count > 30)
    let own = try weight(drawn)
    #expect(abs(own.mean - 1) < 1e-5 && abs(own.maximum - 1) < 1e-5, "\(own)")
    // Shown failing: without the masks the pinned item alone makes the ratios small.
    let bare = drawn.map { session in
      var session = session
      session.masks = nil
      return session
    }
    #expect(try weight(bare).mean < 0.7)
  }
}
