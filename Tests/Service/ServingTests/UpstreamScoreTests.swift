import Calibration
import EventLogs
import Features
import JSON
import Serving
import Sessions
import Testing

/// `FakeRanker` as a model that calibrates the score `ctr`, whose version is `v`.
private struct ScoredRanker: ListRanker {
  var unknown = UnknownVersion.latest
  private let fake = FakeRanker()

  var description: ModelDescription { fake.description }
  func rank(_ request: RankRequest) throws -> RankResponse { try fake.rank(request) }

  private var score: FittedScore {
    var configuration = ScoreConfiguration()
    configuration.score = "ctr"
    configuration.version = "item.v"
    configuration.unknownVersion = unknown
    var fitter = CalibrationFitter([configuration])
    for number in 0..<400 {
      let items = (0..<3).map {
        Candidate(
          id: "i\($0)",
          features: ["ctr": .number(0.1 + 0.2 * Double($0)), "v": .text("v1")])
      }
      fitter.add(
        Session(
          request: Request(id: "r\(number)", user: User(id: "u"), candidates: items), time: 0,
          shown: [0, 1, 2], feedback: ["click": [0, number % 3 == 0 ? 1 : 0, Float(number % 2)]]))
    }
    var faults: [String] = []
    return fitter.fit(at: "", faults: &faults)[0]
  }

  var scores: [FittedScore] { [score] }

  func scored(_ request: RankRequest, _ scanned: ScannedRequest?) -> [ScoredCandidates] {
    [score.scored(rows(request))]
  }

  func oddities(_ request: RankRequest, _ scanned: ScannedRequest?) -> FeatureOddities {
    var oddities = FeatureOddities()
    oddities.unknownVersions = score.unknownVersions(rows(request)).map {
      .init(score: "ctr", version: $0, policy: unknown)
    }
    return oddities
  }

  private func rows(_ request: RankRequest) -> RequestRows {
    RequestRows(
      Request(id: "", user: request.user, context: request.context, candidates: request.items))
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
      ScoredRanker(),
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
    try await withServer(ScoredRanker()) { client in
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
    try await withServer(ScoredRanker(unknown: .refuse)) { client in
      #expect(try await client.rerank(body("a", score: 0.3, version: "v1")).status == 200)
      let refused = try await client.rerank(body("b", score: 0.3, version: "v2"))
      #expect(refused.status == 422 && refused.pointers == ["/items"])
      #expect(refused.text.contains("fader calibrate") && refused.text.contains("'v2'"))
    }
  }
}
