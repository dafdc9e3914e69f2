import Foundation
import JSON
import Logging
import Serving
import Sessions
import Synchronization
import Testing

extension HTTPTests {
  @Suite struct Operations {
    @Test func keysOpenTheService() async throws {
      let file = try Quickstart.folder() + "/keys"
      try "# ours\nfirst-key\n\n second-key # theirs\n".write(
        toFile: file, atomically: true, encoding: .utf8)
      try await withServer(configured: adjusted { $0.keys = KeysConfiguration(file: file) }) {
        client in
        let closed = try await client.rerank(body())
        #expect(closed.status == 401)
        #expect(closed.headers["www-authenticate"] == "Bearer")
        #expect(closed.json["type"] == "urn:fader:problem:unauthorized")
        for key in ["first-key", "second-key"] {
          let open = try await client.rerank(body(), headers: ["Authorization": "Bearer \(key)"])
          #expect(open.status == 200)
        }
        for wrong in [
          "Bearer", "Bearer ", "Bearer first-ke", "Bearer first-key2", "Basic first-key",
        ] {
          #expect(try await client.rerank(body(), headers: ["Authorization": wrong]).status == 401)
        }
        for path in ["/healthz", "/metrics", "/openapi.json", "/console"] {
          #expect(try await client.get(path).status == 200)
        }
        #expect(try await client.get("/v2/models/fake").status == 401)
      }
    }

    @Test func missingKeysStopTheStart() async throws {
      await #expect(throws: KeyError.self) {
        try await withServer(
          configured: adjusted { $0.keys = KeysConfiguration(environment: "FADER_NO_SUCH_KEYS") }
        ) { _ in }
      }
    }

    @Test func aCertificateThatIsNoneStopsTheStart() async throws {
      let files = CertificateConfiguration(certificate: "/nowhere.pem", key: "/nowhere.key")
      await #expect(throws: CertificateError.self) {
        try await withServer(configured: adjusted { $0.tls = files }) { _ in }
      }
    }

    @Test func logLinesAreJSONObjects() async throws {
      let lines = Mutex<[UInt8]>([])
      var logger = Logger(label: "t") { label in
        JSONLogHandler(label: label) { line in lines.withLock { $0 += line } }
      }
      // A line per request is for whoever asks for it.
      logger.logLevel = .debug
      try await withServer(logger: logger) { client in
        _ = try await client.rerank(body(), headers: ["X-Request-Id": "mine"])
      }
      let objects = try lines.withLock { $0 }.split(separator: UInt8(ascii: "\n")).map {
        try JSONScanner.parse(Array($0))
      }
      let request = try #require(objects.first { $0["message"] == "request" })
      #expect(request["level"] == "debug" && request["request_id"] == "mine")
      #expect(request["status"] == 200 && request["ms"]?.number != nil)
      #expect(request["w"] == "click=0.5,cold_start=0.5")
    }

    @Test func requestsThatFindNoRoomAreShed() async throws {
      let slow: JSONValue = ["user": ["id": "slow"], "items": [["id": "a"]]]
      try await withServer(
        configured: adjusted {
          $0.limits.concurrent = 1
          $0.limits.waiting = 2
          $0.limits.queueMilliseconds = 600
          $0.deadlineMilliseconds = 0
        }
      ) { client in
        let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
          for _ in 0..<8 { group.addTask { try await client.rerank(slow) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        let statuses = replies.map(\.status)
        // Half a second each: one works, two wait, of which the second for too long.
        #expect(statuses.contains(200) && statuses.contains(429))
        #expect(Set(statuses).isSubset(of: [200, 429, 503]))
        for reply in replies where reply.status != 200 {
          #expect(reply.headers["retry-after"] == "1")
        }
        #expect(try await client.rerank(body()).status == 200)
      }
    }

    @Test func statusAndMetricsTellWhatHappened() async throws {
      try await withServer { client in
        _ = try await client.rerank(body())
        _ = try await client.rerank(Array("{".utf8))
        let status = try await client.get("/v1/status").json
        #expect(status["ready"]?.bool != nil)
        #expect(status["version"] == "1" && status["rejected"] == 1 && status["failed"] == 0)
        #expect((status["latency_ms"]?["p99"]?.number ?? 0) > 0)
        let metrics = try await client.get("/metrics").text
        for stage in ["queue", "parse", "check", "rank", "guards", "write"] {
          #expect(metrics.contains("fader_stage_duration_seconds_count{stage=\"\(stage)\"}"))
        }
        #expect(metrics.contains("fader_lists_total{source=\"greedy\"} 1"))
      }
    }

    @Test func theConsoleAndItsDataAreServed() async throws {
      try await withServer(
        configured: adjusted { $0.console.sessions = Quickstart.sessions }
      ) { client in
        for (path, type) in [
          ("/console", "text/html"), ("/console/console.js", "text/javascript"),
          ("/console/console.css", "text/css"), ("/openapi.json", "application/json"),
        ] {
          let reply = try await client.get(path)
          #expect(reply.status == 200 && reply.headers["content-type"]?.hasPrefix(type) == true)
          #expect(reply.headers["content-security-policy"]?.contains("default-src 'none'") == true)
        }
        #expect(try await client.get("/console/other.js").status == 404)
        #expect(
          try await client.get("/openapi.json").json["openapi"]?.string?.hasPrefix("3.1") == true)
        let samples = try #require(try await client.get("/v1/samples").json["samples"]?.array)
        #expect(samples.count == 8)
        let sample = try #require(samples.first)
        let answer = try await client.rerank(try #require(sample["request"]))
        #expect(answer.status == 200)
        #expect(sample["logged"]?.array?.count == answer.json["items"]?.array?.count)
        #expect(try await client.get("/v1/report").status == 404)
      }
    }

    @Test func theOpenInferenceProtocolRanks() async throws {
      try await withServer { client in
        #expect(try await client.get("/v2/health/live").status == 200)
        let model = try await client.get("/v2/models/fake/versions/1")
        #expect(model.json["inputs"]?.array?.first?["name"] == "request")
        #expect(try await client.get("/v2/models/other").status == 404)
        #expect(try await client.get("/v2/models/fake/versions/2").status == 404)
        let good: String = body(3, [("request_id", "q")]).serialized()
        let request: JSONValue = [
          "id": "7",
          "inputs": [
            [
              "name": "request", "datatype": "BYTES", "shape": [2],
              "data": [.string(good), .string("{")],
            ]
          ],
        ]
        let reply = try await client.post("/v2/models/fake/infer", request)
        #expect(reply.status == 200 && reply.json["id"] == "7")
        let output = try #require(reply.json["outputs"]?.array?.first)
        #expect(output["shape"] == [2])
        let texts = output["data"]?.array?.compactMap(\.string) ?? []
        #expect(try JSONScanner.parse(texts[0])["items"]?.array?.count == 3)
        #expect(try JSONScanner.parse(texts[1])["status"] == 400)
        let wrong = try await client.post("/v2/models/fake/infer", ["inputs": []])
        #expect(wrong.status == 400 && wrong.json["error"]?.string?.contains("/inputs") == true)
      }
    }
  }
}
