import EvaluationReport
import OfflineEvaluation
import RandomStreams
import Testing

/// The answers, read off the Markdown, for comparisons that are chosen to earn them.
@Suite struct FindingTests {
  /// Gains of the generated lists over logged ones of 1, the same for all users.
  private func report(
    predicted: Double, judged: Double? = nil, true truth: Double? = nil, users: Int = 8,
    steers: Bool = true
  ) -> EvaluationReport {
    var accumulator = EvaluationAccumulator(
      objectives: ["a", "b"], scales: [1, 1], probes: [[1, 0], [0.5, 0.5], [0, 1]],
      lines: [[2, 1, 0], [0, 1, 2]])
    for user in 0..<users {
      for probe in 0..<3 {
        let tilt = steers ? 0.01 * Double(1 - probe) : 0
        func seen(_ gain: Double) -> EvaluatedLists {
          EvaluatedLists(generated: [1 + gain + tilt, 1 + gain - tilt], logged: [1, 1])
        }
        accumulator.add(
          probe: probe, user: UInt64(user), predicted: seen(predicted), judged: judged.map(seen),
          truth: truth.map(seen))
      }
    }
    var stream = RandomStream(seed: 1, "bootstrap")
    return accumulator.report(bootstrapSamples: 20, using: &stream)
  }

  private func answer(_ question: String, _ report: EvaluationReport) -> String {
    let line = report.markdown().split(separator: "\n").first { $0.contains("**\(question)**") }
    return line.flatMap { $0.split(separator: "** ").last?.split(separator: ".").first }
      .map(String.init) ?? ""
  }

  @Test func betterNeedsEveryoneWhoSawTheLists() {
    let cases: [(EvaluationReport, String)] = [
      (report(predicted: 1), "Yes"), (report(predicted: -1), "No"),
      (report(predicted: 1, judged: 1, true: 1), "Yes"),
      (report(predicted: 1, judged: -1), "Not by the judge"),
      (report(predicted: 1, judged: 1, true: -1), "Not in truth"),
      (report(predicted: -1, judged: 1), "No"),
      (report(predicted: 1, users: 1), "Yes, for a single user"),
      (report(predicted: 1, users: 0), "Unknown"),
    ]
    for (report, expected) in cases { #expect(answer("Is it better?", report) == expected) }
  }

  @Test func aTieIsNeitherBetterNorWorse() {
    let tied = report(predicted: 0, steers: false)
    #expect(tied.betterPercentage?.ties == 1)
    #expect(answer("Is it better?", tied) == "Undecided")
  }

  @Test func steerableNeedsTheWeakestObjectiveAndTheUnseenWeights() {
    var steered = report(predicted: 1)
    #expect(answer("Is it steerable?", steered) == "Yes")
    #expect(answer("Is it steerable?", report(predicted: 1, steers: false)) == "No")
    for (share, expected) in [(0.9, "Yes"), (0.7, "Partly"), (0.4, "No")] {
      steered.fidelity = FidelityCurve(weights: 4, ownIsBest: share, points: [])
      #expect(answer("Is it steerable?", steered) == expected)
    }
  }

  @Test func honestIsWhatIsLeftOfThePromise() {
    let cases: [(EvaluationReport, String)] = [
      (report(predicted: 1), "Unknown"), (report(predicted: 1, judged: 0.9), "Yes"),
      (report(predicted: 1, judged: 0.6), "Partly"), (report(predicted: 1, judged: 0.3), "No"),
      (report(predicted: 1, judged: 0.9, true: 0.3), "No"),
      (report(predicted: 1, true: 0.9), "Yes"),
      (report(predicted: -1, judged: -1), "No gain was promised"),
    ]
    for (report, expected) in cases { #expect(answer("Is it honest?", report) == expected) }
  }

  @Test func aFailedGateIsNotHonest() {
    var judged = report(predicted: 1, judged: 0.9)
    let failed = EvaluatorSummary(heads: [:], passed: false, forced: true)
    judged.judge?.evaluator = failed
    #expect(answer("Is it honest?", judged) == "The judge is no referee")
    judged.evaluator = failed
    #expect(answer("Is it honest?", judged) == "No, the evaluators' gate is not passed")
  }

  @Test func attainmentIsAskedOnlyWhereItWasSearched() {
    var searched = report(predicted: 1)
    let question = "How much of the attainable?"
    #expect(answer(question, searched) == "")
    for (share, expected) in [(0.95, "Most of it"), (0.7, "A part"), (0.2, "Little")] {
      searched.attainment = AttainmentSummary(
        requests: 3, exhaustive: true,
        byEvaluators: AttainmentFigures(
          gained: [share, share, share], attainable: [1, 1, 1]), byTruth: nil)
      #expect(answer(question, searched) == expected)
    }
  }
}
