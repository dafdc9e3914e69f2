import EventIngest
import EventLogs
import Foundation
import JSON
import ListRules
import Logging
import Serving
import Sessions
import Steering
import Testing

extension HTTPTests {
  @Suite struct EventLogFiles {
    private func files(_ folder: String, _ prefix: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(prefix) }
        .sorted().map { "\(folder)/\($0)" }
    }

    func withLogs(
      _ ranker: any ListRanker, strategy: ListStrategy = ListStrategy(), rules: [ListRule] = [],
      _ run: (Client) async throws -> Void
    ) async throws -> (sessions: [Session], report: IngestReport) {
      let folder = try Quickstart.folder()
      try await withServer(
        ranker,
        configured: adjusted {
          var log = EventLogConfiguration()
          log.folder = folder
          $0.log = log
          $0.strategy = strategy
          $0.listRules = rules
        }, run)
      let target = "\(folder)/sessions.jsonl"
      let report = try ingest(
        events: files(folder, "decisions") + files(folder, "feedback"), to: target)
      var reader = try SessionReader(path: target)
      var sessions: [Session] = []
      while let session = try reader.next() { sessions.append(session) }
      return (sessions, report)
    }

    @Test func decisionsAndFeedbackComeBackAsSessions() async throws {
      let bytes = try Quickstart.body()
      let request = try RankRequest(json: JSONScanner.parse(bytes))
      var answer = JSONValue.null
      let (sessions, report) = try await withLogs(
        Quickstart.ranker(), strategy: ListStrategy(.sample, lists: 1)
      ) { client in
        answer = try await client.rerank(bytes).json
        let shown = answer["items"]?.array?.compactMap { $0["id"] } ?? []
        let ranking = answer["request_id"] ?? .null
        let one = try await client.post(
          "/v1/feedback", ["ranking": ranking, "item": shown[2], "type": "click"])
        #expect(one.status == 202 && one.json == ["accepted": 1])
        let several = try await client.post(
          "/v1/feedback",
          [
            "interactions": [
              ["ranking": ranking, "item": shown[0], "type": "dwell", "value": 12.5],
              ["ranking": ranking, "item": shown[2], "type": "dwell", "value": 3],
            ]
          ])
        #expect(several.json == ["accepted": 2])
      }
      #expect(report.skipped.isEmpty, "\(report)")
      let session = try #require(sessions.first)
      #expect(sessions.count == 1)
      #expect(session.request.candidates == request.items)
      #expect(session.request.user == request.user)
      #expect(session.request.context == request.context)
      let items = try #require(answer["items"]?.array)
      #expect(session.shown.map(Double.init) == items.compactMap { $0["index"]?.number })
      #expect(session.feedback["click"] == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
      #expect(session.feedback["dwell"]?.prefix(3) == [12.5, 0, 3])
      let propensity = try #require(session.propensity)
      for (logged, item) in zip(propensity, items) {
        #expect(abs(Double(logged) - (item["propensity"]?.number ?? 0)) < 1e-6)
      }
    }

    @Test func decisionsNameTheirMakers() async throws {
      let folder = try Quickstart.folder()
      try await withServer(
        configured: adjusted {
          var log = EventLogConfiguration()
          log.folder = folder
          $0.log = log
        }
      ) { client in
        _ = try await client.rerank(
          body(3, [("request_id", "q"), ("weights", ["click": 1]), ("size", 2)]))
      }
      let text = try String(contentsOfFile: files(folder, "decisions")[0], encoding: .utf8)
      let lines = try text.split(separator: "\n").map { try JSONScanner.parse(String($0)) }
      #expect(lines.map { $0["event"]?.string } == ["user", "ranking"])
      let ranking = lines[1]
      #expect(ranking["id"] == "q" && ranking["user"] == "u" && ranking["policy"] == "greedy")
      #expect(ranking["model"] == "fake" && ranking["version"] == "1")
      #expect(ranking["weights"]?["click"] == 1)
      #expect(ranking["steering"] == ["rule": "request"])
      let positions = ranking["items"]?.array?.map { $0["position"]?.number ?? 0 }
      #expect(positions == [0, 2, 1])
    }

    @Test func bodiesOverSeveralLinesStayOneLine() async throws {
      let (sessions, _) = try await withLogs(Quickstart.ranker()) { client in
        let text = """
          {"user": {"id": "u1",\r
            "features": {"age_group":
          "x y"}},
           "items": [{"id": "a", "features": {
             "price": 3,\t"shop": "s\\n1"}}, {"id": "b"}]}
          """
        let reply = try await client.rerank(Array(text.utf8))
        #expect(reply.status == 200)
      }
      #expect(sessions.first?.request.candidates[0].features["shop"] == .text("s\n1"))
      #expect(sessions.first?.request.user.features["age_group"] == .text("x y"))
    }

    @Test func feedbackIsChecked() async throws {
      let ranker = FakeRanker()
      _ = try await withLogs(ranker) { client in
        let cases: [(JSONValue, String)] = [
          (["ranking": "r", "item": "i"], "/type"),
          (["ranking": "r", "item": "i", "type": "click", "value": "x"], "/value"),
          (["ranking": "r", "item": "i", "type": "click", "timestamp": "today"], "/timestamp"),
          (["ranking": "r", "item": "i", "type": "click", "timestamp": 0], "/timestamp"),
          (
            ["ranking": "r", "item": "i", "type": "click", "timestamp": "2099-01-01T00:00:00Z"],
            "/timestamp"
          ),
          (["ranking": "r", "item": "i", "type": "click", "times": 1], "/times"),
          (["interactions": []], "/interactions"),
          (["interactions": [["ranking": "r"]]], "/interactions/0/item"),
        ]
        for (wrong, pointer) in cases {
          let reply = try await client.post("/v1/feedback", wrong)
          #expect(reply.status == 422 && reply.pointers == [pointer], "\(reply.text)")
        }
        _ = try await client.rerank(body())
      }
    }

    @Test func withoutALogFeedbackIsRefusedNotLost() async throws {
      try await withServer { client in
        let reply = try await client.post(
          "/v1/feedback", ["ranking": "r", "item": "i", "type": "click"])
        #expect(reply.status == 503)
        #expect(reply.headers["retry-after"] == "1")
      }
    }

    @Test func aLogThatCannotBeWrittenStopsNoRanking() async throws {
      let folder = try Quickstart.folder() + "/logs"
      let recorded = RecordingLog()
      try await withServer(
        logger: recorded.logger,
        configured: adjusted {
          var log = EventLogConfiguration()
          log.folder = folder
          log.flushMilliseconds = 1
          $0.log = log
        }
      ) { client in
        try FileManager.default.removeItem(atPath: folder)
        try "x".write(toFile: folder, atomically: true, encoding: .utf8)
        var degraded = false
        for _ in 0..<200 where !degraded {
          #expect(try await client.rerank(body()).status == 200)
          degraded = try await client.get("/metrics").text
            .contains("fader_log_degraded{log=\"decisions\"} 1")
        }
        #expect(degraded)
        #expect(try await client.get("/v1/status").json["log"]?["degraded"] == true)
        func isTold() -> Bool {
          recorded.lines.contains { $0.level == .error && $0.message.contains("cannot be written") }
        }
        for _ in 0..<500 where !isTold() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(isTold())
      }
    }
  }
}
