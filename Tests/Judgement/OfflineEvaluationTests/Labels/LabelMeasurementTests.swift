import EvaluationReport
import Features
import Foundation
import ItemLabels
import Objectives
import OfflineEvaluation
import Sessions
import Tensors
import Testing

@Suite struct LabelMeasurementTests {
  static let click = LabelTarget(kind: "click", objective: "clicks", weights: [1])

  private func measurement(
    _ schema: FittedSchema, depth: Int = 2, seed: UInt64 = 1
  ) -> LabelMeasurement {
    var options = LabelMeasurement.Options()
    options.depth = depth
    options.bootstrapSamples = 200
    options.seed = seed
    return LabelMeasurement(schema: schema, targets: [Self.click], options: options)
  }

  private func summary(
    _ sessions: [Session], training: [Session] = [], depth: Int = 2, seed: UInt64 = 1,
    workers: Int = 2, by method: (FittedSchema) -> any ListMethod
  ) throws -> LabelSummary {
    let schema = try labelSchema(sessions)
    return try #require(
      measurement(schema, depth: depth, seed: seed).summaries(
        sessions, training: training, method: method(schema), workers: Workers(workers))["click"])
  }

  private func figure(
    _ summary: LabelSummary, _ kind: LabelMethod.Kind, _ measure: LabelMeasure
  ) throws -> LabelFigure {
    try #require(summary.methods.first { $0.kind == kind }?[measure])
  }

  /// Two sessions with something to order, one without, and two that say nothing.
  private var handSessions: [Session] {
    [
      labelSession("1", user: "a", clicks: [0, 1, 1]),
      labelSession("2", user: "b", clicks: [1, 0]),
      labelSession("3", user: "c", clicks: [0, 0, 0]), labelSession("4", user: "c", clicks: [1]),
      labelSession(
        "5", user: "d", [["truth": .number(0)], ["truth": .number(1)]], clicks: nil),
    ]
  }

  @Test func everyFigureOfASmallCaseIsTheOneWorkedByHand() throws {
    let summary = try summary(handSessions) { ByNumber("truth", $0) }
    #expect(summary.sessions == 3 && summary.orderedSessions == 2 && summary.users == 3)
    #expect(abs(summary.shown - 8.0 / 3) < 1e-12 && summary.objective == "clicks")
    let second = 1 / log2(3.0)
    let expected: [(LabelMethod.Kind, LabelMeasure, Double)] = [
      (.policy, .ndcg, 1), (.policy, .map, 1), (.policy, .chosen, (1 + 1 + 0) / 3),
      (.logged, .ndcg, (second / (1 + second) + 1) / 2),
      (.logged, .map, ((1.0 / 2 + 2.0 / 3) / 2 + 1) / 2), (.logged, .chosen, (0.5 + 1 + 0) / 3),
      (.random, .ndcg, (2.0 / 3 + (1 + second) / 2) / 2),
      (.random, .map, (2.0 / 3 * (1 + 1.5 / 2 + 2.0 / 3) / 2 + 0.75) / 2),
      (.random, .chosen, (2.0 / 3 + 0.5 + 0) / 3),
    ]
    for (kind, measure, value) in expected {
      let found = try figure(summary, kind, measure)
      #expect(abs(found.mean - value) < 1e-12, "\(kind) \(measure): \(found.mean), not \(value)")
      let lead = try figure(summary, .policy, measure).mean - value
      if kind != .policy { #expect(abs((found.lead ?? .nan) - lead) < 1e-12) }
    }
    #expect(summary.ndcg == 1 && summary.map == 1)
  }

  @Test func labelsOfLowSlotsCountMoreWhenCorrected() throws {
    // Slots get 2/4 and 1/4: p is 1 and 0.5, so the one click below counts 2.
    let clicks: [[Float]] = [[1, 0], [1, 0], [0, 1], [0, 0]]
    let sessions = clicks.enumerated().map { labelSession("\($0)", user: "u\($0)", clicks: $1) }
    let summary = try summary(sessions) { ByNumber("truth", $0) }
    #expect(summary.slotRates == [1, 0.5])
    #expect(try figure(summary, .policy, .correctedChosen).mean == 1)
    #expect(try figure(summary, .logged, .correctedChosen).mean == 0.5)
    #expect(try figure(summary, .policy, .correctedNDCG).mean == 1)
  }

  @Test func aFirstSlotWithoutFeedbackLeavesTheCorrectionOut() throws {
    let summary = try summary([
      labelSession("1", user: "a", clicks: [0, 1]), labelSession("2", user: "b", clicks: [0, 1]),
    ]) { ByNumber("truth", $0) }
    #expect(summary.slotRates == nil)
    #expect(summary.methods.allSatisfy { $0[.correctedNDCG] == nil && $0[.ndcg] != nil })
  }

  @Test func aPolicyThatSortsTheWrongWayRoundIsBehindTheLog() throws {
    // The log shows clicked items on top; the policy, what it takes for good, last.
    let sessions = (0..<60).map {
      labelSession(
        "\($0)", user: "u\($0 % 20)", clicks: $0 % 3 == 0 ? [0, 1, 0, 0] : [1, 1, 0, 0])
    }
    let summary = try summary(sessions) { ByNumber("truth", $0, sign: -1) }
    let logged = try figure(summary, .logged, .ndcg)
    #expect((logged.lead ?? 0) < 0 && (logged.leadHigh ?? 0) < 0)
    #expect((summary.overLogged ?? 0) < 0 && (summary.overRandom ?? 0) < 0)
    #expect((try figure(summary, .logged, .chosen).leadHigh ?? 0) < 0)
  }

  @Test func theCandidatesOrderTellsNothingOfTheLog() throws {
    /// Takes the candidates as they come.
    struct AsTheyCome: ListMethod {
      func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
        requests.lengths.map { Array(0..<$0) }
      }
    }
    let sessions = (0..<400).map {
      labelSession("\($0)", user: "u\($0)", clicks: [1, 0, 0, 0, 0])
    }
    let summary = try summary(sessions, depth: 5) { _ in AsTheyCome() }
    let random = try figure(summary, .random, .ndcg)
    #expect((random.leadLow ?? 1) < 0 && (random.leadHigh ?? -1) > 0)
  }

  @Test func theBestScoreIsFoundInItsDirection() throws {
    let held = plantedLabels(seed: 1, sessions: 60, users: 12)
    let turned = held.map { session in
      var session = session
      for place in session.request.candidates.indices {
        let clicked = session.feedback["click"]?[place] ?? 0
        session.request.candidates[place].features["complaints"] = .number(-Double(clicked))
      }
      return session
    }
    let summary = try summary(turned) { ByNumber("noise", $0) }
    let score = try #require(summary.methods.first { $0.kind == .score })
    #expect(score.detail == "complaints, lowest first" && score[.ndcg]?.mean == 1)
    #expect(summary.trainingSessions == 0)
    #expect(!summary.methods.contains { $0.kind == .linear } && summary.overLinear == nil)
  }

  @Test func theLinearModelFindsTheWeightsOfFeatures() throws {
    let held = plantedLabels(seed: 1, sessions: 80, users: 20)
    let training = plantedLabels(seed: 2, sessions: 300, users: 30)
    let summary = try summary(held, training: training) { ByNumber("a", $0) }
    #expect(summary.trainingSessions == 300)
    let (linear, score) = (
      try figure(summary, .linear, .ndcg), try figure(summary, .score, .ndcg)
    )
    #expect(linear.mean > 0.95, "\(linear.mean)")
    #expect(linear.mean > score.mean + 0.05)
    // The policy sorts by that same score.
    #expect(score.lead == 0 && (summary.overLinear ?? 0) < 0)
  }

  @Test func neitherWorkersNorASecondRunChangeAnything() throws {
    let held = plantedLabels(seed: 1, sessions: 30, users: 10)
    let training = plantedLabels(seed: 2, sessions: 60, users: 15)
    let summaries = try [1, 3, 3].map { workers in
      try summary(held, training: training, workers: workers) { ByNumber("a", $0) }
    }
    #expect(summaries[0] == summaries[1] && summaries[1] == summaries[2])
  }

  @Test func sessionsWithoutTheFeedbackHaveNoSummary() throws {
    let sessions = [handSessions[4]]
    let schema = try labelSchema(handSessions)
    let summaries = measurement(schema).summaries(
      sessions, method: ByNumber("truth", schema), workers: Workers(1))
    #expect(summaries.isEmpty)
  }

  @Test func everyBinaryKindIsJudgedAtItsFirstObjective() {
    let objectives = ObjectiveSet(objectives: [
      Objective(name: "cold", definition: .rule(.share(flag: "is_cold"))),
      Objective(name: "clicks", definition: .predicted(feedback: "click", .sum)),
      Objective(name: "any", definition: .predicted(feedback: "click", .any)),
      Objective(name: "dwell", definition: .predicted(feedback: "dwell", .sum)),
    ])
    #expect(
      LabelTarget.all(objectives, binary: ["click"]) == [
        LabelTarget(kind: "click", objective: "clicks", weights: [0, 1, 0, 0])
      ])
  }
}
