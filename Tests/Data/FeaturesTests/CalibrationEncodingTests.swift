import Calibration
import Features
import Foundation
import RandomStreams
import Sessions
import Testing

/// Sessions whose items carry a chance of a click; from `change` on the version is v2, whose log-odds
/// are higher by `gap`.
private func sessions(_ count: Int, change: Int = .max, gap: Double = 0) -> [Session] {
  (0..<count).map { number in
    var stream = RandomStream(seed: 1, "tests.features.calibration", step: UInt64(number))
    var clicks: [Float] = []
    let isNew = number >= change
    let items = (0..<6).map { place in
      let truth = -1 + stream.normal()
      clicks.append(stream.uniform() < LogOdds.chance(truth) ? 1 : 0)
      return Candidate(
        id: "i\(place)",
        features: [
          "ctr": .number(LogOdds.chance(truth + (isNew ? gap : 0))),
          "version": .text(isNew ? "v2" : "v1"), "shop": .text("s\(place % 3)"),
        ])
    }
    return Session(
      request: Request(
        id: "r\(number)", user: User(id: "u\(number % 40)"),
        context: ["model": .text(isNew ? "v2" : "v1")], candidates: items),
      time: Double(number), shown: [0, 1, 2, 3, 4, 5], feedback: ["click": clicks])
  }
}

private func configuration(_ version: String) -> SchemaConfiguration {
  var score = ScoreConfiguration()
  (score.score, score.method, score.version) = ("ctr", .platt, version)
  var configuration = SchemaConfiguration()
  configuration.calibration = [score]
  return configuration
}

private func fitted(_ log: [Session], _ configuration: SchemaConfiguration) throws -> FittedSchema {
  var calibration = CalibrationFitter(configuration.calibration)
  for session in log { calibration.add(session) }
  var faults: [String] = []
  let scores = calibration.fit(at: "schema.calibration", faults: &faults)
  #expect(faults.isEmpty)
  var fitter = SchemaFitter(configuration, scores: scores)
  for session in log { fitter.add(session) }
  return try fitter.fit(
    columns: [CandidateColumn(.number, of: "ctr")], feedback: ["click"])
}

@Suite struct CalibrationEncodingTests {
  @Test(arguments: ["item.version", "context.model"])
  func aRetrainedModelsScoresAreEncodedAsBefore(version: String) throws {
    let gap = -log(0.5)
    let schema = try fitted(sessions(2000, change: 1000, gap: gap), configuration(version))
    let (old, new) = (sessions(3)[1], sessions(3, change: 0, gap: gap)[1])
    let (a, b) = (schema.encode(old.request), schema.encode(new.request))
    let place = try #require(schema.layout.item.numbers.firstIndex(of: "ctr"))
    let width = schema.layout.item.numbers.count
    for row in 0..<6 {
      #expect(abs(a.item.numbers[row * width + place] - b.item.numbers[row * width + place]) < 0.25)
      #expect(abs(a.columns[0][row] - b.columns[0][row]) < 0.06)
    }
    #expect(a.columns[0] != CandidateColumn(.number, of: "ctr").values(of: old.request.candidates))
  }

  @Test func theVersionIsNoInputAndTheRankIsOne() throws {
    let schema = try fitted(sessions(500), configuration("item.version"))
    #expect(schema.layout.item.numbers.contains("ctr:rank"))
    #expect(!schema.layout.item.categoricals.map(\.name).contains("version"))
    #expect(schema.layout.item.categoricals.map(\.name).contains("shop"))
    var without = configuration("context.model")
    without.calibration[0].rank = false
    let other = try fitted(sessions(500), without)
    #expect(!other.layout.item.numbers.contains("ctr:rank"))
    #expect(!other.layout.context.categoricals.map(\.name).contains("model"))
    #expect(other.layout.item.categoricals.map(\.name).contains("version"))
  }

  @Test func ranksSurviveAnyDriftOfAllItems() throws {
    let schema = try fitted(sessions(500), configuration("item.version"))
    let (old, new) = (sessions(3)[1].request, sessions(3, change: 0, gap: 1.7)[1].request)
    let place = try #require(schema.layout.item.numbers.firstIndex(of: "ctr:rank"))
    let width = schema.layout.item.numbers.count
    func ranks(_ request: Request) -> [Float] {
      let numbers = schema.encode(request).item.numbers
      return (0..<6).map { numbers[$0 * width + place] }
    }
    #expect(ranks(old) == ranks(new))
  }

  @Test func aSchemaIsReadAsItWasWrittenAndItsMapsAreInItsFingerprint() throws {
    let schema = try fitted(sessions(500), configuration("item.version"))
    let text = try JSONEncoder().encode(schema)
    let read = try JSONDecoder().decode(FittedSchema.self, from: text)
    #expect(read == schema && read.fingerprint == schema.fingerprint)
    var scores = schema.calibration
    let later = try fitted(sessions(500, change: 0, gap: 1), configuration("item.version"))
    for map in later.calibration[0].versions { scores[0].add(map) }
    let other = schema.calibrated(by: scores)
    #expect(other.fingerprint != schema.fingerprint && other.layout == schema.layout)
    #expect(schema.calibration[0].calibrated?.rows == 3000)
  }

  @Test func anUnknownVersionIsAnOddity() throws {
    let schema = try fitted(sessions(500), configuration("item.version"))
    let new = sessions(2, change: 0)[0].request
    let odd = schema.oddities(new, rules: 0)
    #expect(odd.unknownVersions.map(\.version) == ["v2"] && odd.unknownVersions[0].score == "ctr")
    #expect(schema.oddities(sessions(1)[0].request, rules: 0).unknownVersions.isEmpty)
  }

  @Test func itemsOfAHistoryAreCalibratedToo() throws {
    var configuration = configuration("item.version")
    configuration.history["click"] = HistoryConfiguration()
    var log = sessions(600)
    for i in log.indices {
      log[i].request.history = [
        Behaviour(type: "click", time: -1, item: log[i].request.candidates[0])
      ]
    }
    let schema = try fitted(log, configuration)
    let place = try #require(schema.layout.item.numbers.firstIndex(of: "ctr"))
    let encoded = schema.encode(log[0].request)
    #expect(encoded.history[0].item.numbers[place] == encoded.item.numbers[place])
  }

  @Test func aScoreIsConfiguredOnce() {
    var configuration = configuration("item.version")
    configuration.calibration.append(configuration.calibration[0])
    #expect(configuration.validate().contains { $0.contains("\"ctr\" twice") })
    configuration.calibration = [ScoreConfiguration()]
    configuration.calibration[0].score = "ctr"
    configuration.calibration[0].version = "version"
    configuration.calibration[0].method = .sampling
    let faults = configuration.validate()
    #expect(faults.contains { $0.hasPrefix("schema.calibration.0.version: expected item.NAME") })
    #expect(faults.contains { $0.hasPrefix("schema.calibration.0.negatives_kept") })
  }
}
