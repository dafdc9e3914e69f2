import Calibration
import Foundation
import RandomStreams
import Sessions
import Testing

/// Sessions of four items whose score is a chance of a click, off by `gap` in log-odds.
private func sessions(
  _ count: Int, seed: UInt64, version: String?, gap: Double = 0, field: Double = 0,
  inContext: Bool = false, start: Double = 0
) -> [Session] {
  var stream = RandomStream(seed: seed, "tests.calibration.sessions")
  return (0..<count).map { number in
    var clicks: [Float] = []
    let items = (0..<4).map { place in
      let truth = -2 + stream.normal()
      let kind = stream.uniform() < 0.5 ? "a" : "b"
      let chance = LogOdds.chance(truth + (kind == "a" ? field : 0))
      clicks.append(stream.uniform() < chance ? 1 : 0)
      var features: FeatureMap = [
        "s": .number(LogOdds.chance(truth + gap)), "kind": .text(kind), "price": .number(3),
      ]
      if let version, !inContext { features["v"] = .text(version) }
      return Candidate(id: "i\(place)", features: features)
    }
    var request = Request(
      id: "r\(number)", user: User(id: "u\(number % 200)"), candidates: items)
    if let version, inContext { request.context["v"] = .text(version) }
    return Session(
      request: request, time: start + Double(number), shown: [0, 1, 2, 3],
      feedback: ["click": clicks])
  }
}

private func configuration(_ change: (inout ScoreConfiguration) -> Void = { _ in })
  -> ScoreConfiguration
{
  var configuration = ScoreConfiguration()
  configuration.score = "s"
  configuration.version = "item.v"
  change(&configuration)
  return configuration
}

private func fitted(
  _ sessions: [Session], _ configuration: ScoreConfiguration
) -> (score: FittedScore, faults: [String]) {
  var fitter = CalibrationFitter([configuration])
  for session in sessions { fitter.add(session) }
  var faults: [String] = []
  let scores = fitter.fit(at: "schema.calibration", faults: &faults)
  return (scores[0], faults)
}

@Suite struct CalibrationFitterTests {
  @Test(arguments: [CalibrationMethod.isotonic, .platt])
  func eachVersionGetsItsOwnMap(method: CalibrationMethod) {
    let gap = -log(0.5)
    let log =
      sessions(3000, seed: 1, version: "v1")
      + sessions(3000, seed: 2, version: "v2", gap: gap, start: 9000)
    let (score, faults) = fitted(log, configuration { $0.method = method })
    #expect(faults.isEmpty)
    #expect(score.versions.map(\.version) == ["v1", "v2"])
    for truth in [-3.0, -2, -1, 0] {
      for (version, offset) in [("v1", 0.0), ("v2", gap)] {
        let value = score.calibrated(
          LogOdds.chance(truth + offset), version: version, field: nil)
        #expect(abs(LogOdds.of(value) - truth) < 0.25)
      }
    }
  }

  @Test func anUnknownVersionTakesTheLatestMapOrNone() {
    let log =
      sessions(1000, seed: 3, version: "new", gap: 0.7, start: 5000)
      + sessions(1000, seed: 4, version: "old")
    var (score, _) = fitted(log, configuration { $0.method = .platt })
    let latest = score.calibrated(0.2, version: "new", field: nil)
    #expect(score.calibrated(0.2, version: "other", field: nil) == latest)
    #expect(score.calibrated(0.2, version: "old", field: nil) != latest)
    score.configuration.unknownVersion = .raw
    #expect(score.calibrated(0.2, version: "other", field: nil) == 0.2)
    #expect(score.unknownVersions(RequestRows(log[0].request)).isEmpty)
    let foreign = sessions(1, seed: 5, version: "other")[0].request
    #expect(score.unknownVersions(RequestRows(foreign)) == ["other"])
  }

  @Test func aVersionMayStandInTheContext() {
    let log = sessions(1000, seed: 6, version: "v1", inContext: true)
    let (score, faults) = fitted(log, configuration { $0.version = "context.v" })
    #expect(faults.isEmpty && score.versions.map(\.version) == ["v1"])
    #expect(score.versions(RequestRows(log[0].request)) == ["v1", "v1", "v1", "v1"])
  }

  @Test func aShiftMovesOneValueOfAFieldAndKeepsTheOrderWithinIt() {
    let log = sessions(4000, seed: 7, version: "v1", field: 0.8)
    let (score, _) = fitted(
      log,
      configuration {
        $0.method = .platt
        $0.shift = "kind"
      })
    let shifts = score.versions[0].shifts
    #expect(abs((shifts["a"] ?? 0) - (shifts["b"] ?? 0) - 0.8) < 0.2)
    for field in ["a", "b", "unseen"] {
      let values = stride(from: 0.0, through: 1, by: 0.01).map {
        score.calibrated($0, version: "v1", field: field)
      }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func onlyScoresChangeInACalibratedRequest() {
    let log = sessions(500, seed: 8, version: "v1", gap: 1)
    let (score, _) = fitted(log, configuration { $0.method = .platt })
    let (before, after) = (log[0].request, [score].calibrated(log[0].request))
    for (a, b) in zip(before.candidates, after.candidates) {
      #expect(a.features["s"] != b.features["s"])
      #expect(a.features.filter { $0.key != "s" } == b.features.filter { $0.key != "s" })
    }
    #expect([FittedScore]().calibrated(before) == before)
  }

  @Test func methodsWithoutLabelsNeedNone() {
    var log = sessions(10, seed: 9, version: "v1")
    for i in log.indices { log[i].feedback = [:] }
    let (score, faults) = fitted(
      log,
      configuration {
        $0.method = .sampling
        $0.versions = ["v2": VersionConfiguration()]
        $0.versions["v2"]?.negativesKept = 0.5
      })
    #expect(faults.isEmpty)
    #expect(score.calibrated(0.4, version: "v1", field: nil) == 0.4)
    let value = score.calibrated(0.5, version: "v2", field: nil)
    #expect(abs(value - 1.0 / 3) < 1e-12)
    // Nobody has seen it, so it is not the latest.
    #expect(score.versions.map(\.version) == ["v2", "v1"])
  }

  @Test func faultsNameTheKeyAndTheRemedy() {
    let log = sessions(50, seed: 10, version: "v1")
    let misspelt = fitted(log, configuration { $0.score = "t" }).faults
    #expect(
      misspelt.count == 1 && misspelt[0].hasPrefix("schema.calibration.0.score: expected a number"))
    let label = fitted(log, configuration { $0.label = "clik" }).faults
    #expect(label.first?.contains("did you mean \"click\"?") == true)
    let thin = fitted(log, configuration()).faults
    #expect(thin.first?.contains("at least 500 labelled rows") == true)
    let scale = fitted(log, configuration { $0.score = "price" }).faults
    #expect(scale.first?.contains("scale: log_odds") == true)
    let many = (0..<150).flatMap { sessions(1, seed: 11, version: "v\($0)") }
    #expect(fitted(many, configuration()).faults.first?.contains("at most 100 versions") == true)
  }

  @Test func aFitDoesNotDependOnTheOrderOfTheSessions() {
    let log = sessions(800, seed: 12, version: "v1")
    let a = fitted(log, configuration { $0.shift = "kind" }).score
    let b = fitted(log.reversed(), configuration { $0.shift = "kind" }).score
    #expect(a == b)
  }

  @Test func aScoreIsReadAsItWasWritten() throws {
    let (score, _) = fitted(
      sessions(800, seed: 13, version: "v1"), configuration { $0.shift = "kind" })
    let text = try JSONEncoder().encode(score)
    #expect(try JSONDecoder().decode(FittedScore.self, from: text) == score)
  }
}
