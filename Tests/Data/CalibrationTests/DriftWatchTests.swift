import Calibration
import RandomStreams
import Sessions
import Testing

private func session(
  _ number: Int, gap: Double, version: String, _ stream: inout RandomStream
) -> Session {
  var clicks: [Float] = []
  let items = (0..<5).map { place in
    let truth = -1.5 + stream.normal()
    clicks.append(stream.uniform() < LogOdds.chance(truth) ? 1 : 0)
    return Candidate(
      id: "i\(place)",
      features: [
        "s": .number(LogOdds.chance(truth + gap)), "v": .text(version),
        "kind": .text(place < 2 ? "a" : "b"),
      ])
  }
  return Session(
    request: Request(id: "r\(number)", user: User(id: "u\(number % 100)"), candidates: items),
    time: Double(number), shown: [0, 1, 2, 3, 4], feedback: ["click": clicks])
}

private func log(_ count: Int, seed: UInt64, gap: Double = 0, version: String = "v1") -> [Session] {
  var stream = RandomStream(seed: seed, "tests.calibration.drift")
  return (0..<count).map { session($0, gap: gap, version: version, &stream) }
}

private func fitted(_ log: [Session]) -> [FittedScore] {
  var configuration = ScoreConfiguration()
  (configuration.score, configuration.version) = ("s", "item.v")
  configuration.slices = ["kind"]
  var fitter = CalibrationFitter([configuration])
  for session in log { fitter.add(session) }
  var faults: [String] = []
  let scores = fitter.fit(at: "schema.calibration", faults: &faults)
  return scores.map { score in
    var tally = ScoreTally(limit: 4096)
    for session in log { tally.add([score].calibrated(session.request).candidates, score) }
    return score.watching(tally)
  }
}

private func report(_ scores: [FittedScore], _ log: [Session]) -> DriftReport {
  var watch = DriftWatch(scores)
  for session in log { watch.add(session) }
  return watch.report()
}

@Suite struct DriftWatchTests {
  @Test(arguments: 1...3)
  func scoresThatStayGiveNoAlarm(seed: UInt64) {
    let scores = fitted(log(2000, seed: 100))
    let found = report(scores, log(2000, seed: seed))
    #expect(found.alarms.isEmpty)
    let drift = found.scores["s"]
    #expect((drift?.psi ?? 1) < 0.02)
    #expect(drift?.candidates == 10_000 && drift?.labels.rows == 10_000)
    #expect((drift?.labels.low ?? 2) < 1.1 && (drift?.labels.high ?? 0) > 0.9)
  }

  @Test func droppedNegativesRaiseBothAlarmsUntilTheNewVersionHasAMap() {
    let old = fitted(log(2000, seed: 101))
    let new = log(2000, seed: 102, gap: 0.693, version: "v2")
    let before = report(old, new)
    #expect(Set(before.alarms.map(\.figure)) == ["pcoc", "psi"])
    #expect(before.alarms.contains { $0.slice == "kind=a" && $0.version == "v2" })
    #expect(before.scores["s"]?.versions["v2"]?.known == false)
    var scores = old
    for map in fitted(new)[0].versions { scores[0].add(map) }
    let after = report(scores, log(2000, seed: 103, gap: 0.693, version: "v2"))
    #expect(after.alarms.isEmpty)
    #expect(after.scores["s"]?.versions["v2"]?.known == true)
    #expect(abs((after.scores["s"]?.labels.pcoc ?? 0) - 1) < 0.06)
    #expect((after.scores["s"]?.labels.rawPcoc ?? 0) > 1.3)
  }

  @Test func fewCandidatesRaiseNoAlarmOfStability() {
    let scores = fitted(log(2000, seed: 104))
    let found = report(scores, log(20, seed: 105, gap: 3))
    #expect(!found.alarms.contains { $0.figure == "psi" })
  }
}
