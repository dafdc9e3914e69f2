import Calibration
import EventLogs
import Features
import JSON
import Serving
import Sessions
import Testing

/// `FakeRanker` as a model that calibrates the score `ctr`, whose version is `v`.
private struct ScoredRanker: ListRanker {
  private let schema: FittedSchema
  private let fake = FakeRanker()

  init(unknown: UnknownVersion = .latest) throws {
    var configuration = SchemaConfiguration()
    var score = ScoreConfiguration()
    (score.score, score.version, score.unknownVersion) = ("ctr", "item.v", unknown)
    configuration.calibration = [score]
    var calibration = CalibrationFitter(configuration.calibration)
    let log = (0..<400).map { number in
      let items = (0..<3).map {
        Candidate(
          id: "i\($0)",
          features: ["ctr": .number(0.1 + 0.2 * Double($0)), "v": .text("v1")])
      }
      return Session(
        request: Request(id: "r\(number)", user: User(id: "u"), candidates: items), time: 0,
        shown: [0, 1, 2], feedback: ["click": [0, number % 3 == 0 ? 1 : 0, Float(number % 2)]])
    }
    for session in log { calibration.add(session) }
    var faults: [String] = []
    var fitter = SchemaFitter(configuration, scores: calibration.fit(at: "", faults: &faults))
    for session in log { fitter.add(session) }
    schema = try fitter.fit(columns: [], feedback: ["click"])
  }

  var description: ModelDescription { fake.description }
  func rank(_ request: RankRequest) throws -> RankResponse { try fake.rank(request) }

  var scores: [FittedScore] { schema.calibration }

  func scored(_ request: RankRequest, _ scanned: ScannedRequest?) -> [ScoredCandidates] {
    schema.scored(plain(request))
  }

  func oddities(_ request: RankRequest, _ scanned: ScannedRequest?) -> FeatureOddities {
    schema.oddities(plain(request), rules: 0)
  }

  private func plain(_ request: RankRequest) -> Request {
    Request(id: "", user: request.user, context: request.context, candidates: request.items)
  }
}

private func body(_ id: String, score: Double, version: String) -> JSONValue {
  [
    "request_id": .string(id), "weights": ["click": 1],
    "items": .array(
      (0..<20).map {
        [
          "id": .string("i\($0)"),
          "features": ["ctr": .number(score), "v": .string(version), "click": 1],
        ]
      }),
  ]
}

/// The value of a sample of the metrics.
private func value(_ name: String, _ text: String) -> Double? {
  text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
    .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
}

@Suite struct UpstreamScoreTests {
  @Test func scoresThatMoveAndLabelsThatComeBackAreCounted() async throws {
    let folder = try Quickstart.folder()
    try await withServer(
      try ScoredRanker(),
      configured: adjusted {
        var log = EventLogConfiguration()
        log.folder = folder
        $0.log = log
      }
    ) { client in
      let before = try await client.get("/metrics").text
      #expect(value(#"fader_score_predicted_total{score="ctr",version="v1"}"#, before) == 0)
      #expect(value(#"fader_score_psi{score="ctr",version="v1"}"#, before) == nil)
      for number in 0..<30 {
        let asked = body("q\(number)", score: 0.9, version: "v1")
        #expect(try await client.rerank(asked).status == 200)
      }
      let click: JSONValue = ["ranking": "q3", "item": "i0", "type": "click"]
      for _ in 0..<2 { #expect(try await client.post("/v1/feedback", click).status == 202) }
      let after = try await client.get("/metrics").text
      let promised = value(#"fader_score_predicted_total{score="ctr",version="v1"}"#, after)
      #expect((promised ?? 0) > 10)
      // An item is clicked once, whatever a client repeats.
      #expect(value(#"fader_score_observed_total{score="ctr",version="v1"}"#, after) == 1)
      let moved = value(#"fader_score_psi{score="ctr",version="v1"}"#, after)
      #expect((moved ?? 0) > 0.2)
      #expect(value(#"fader_score_unknown_versions_total{score="ctr"}"#, after) == 0)
    }
  }

  @Test func versionsWithoutAMapAreCountedUnderOneName() async throws {
    try await withServer(try ScoredRanker()) { client in
      for number in 0..<5 {
        let asked = body("q\(number)", score: 0.3, version: "v\(number + 2)")
        #expect(try await client.rerank(asked).status == 200)
      }
      let text = try await client.get("/metrics").text
      #expect(value(#"fader_score_unknown_versions_total{score="ctr"}"#, text) == 5)
      #expect(text.contains(#"version="(unknown)""#) && !text.contains(#"version="v2""#))
      // Nobody could tell it of labels, so nothing is promised.
      #expect(value(#"fader_score_predicted_total{score="ctr",version="(unknown)"}"#, text) == 0)
    }
  }

  @Test func aModelMayRefuseThem() async throws {
    try await withServer(try ScoredRanker(unknown: .refuse)) { client in
      #expect(try await client.rerank(body("a", score: 0.3, version: "v1")).status == 200)
      let refused = try await client.rerank(body("b", score: 0.3, version: "v2"))
      #expect(refused.status == 422 && refused.pointers == ["/items"])
      #expect(refused.text.contains("fader calibrate") && refused.text.contains("'v2'"))
    }
  }
}
