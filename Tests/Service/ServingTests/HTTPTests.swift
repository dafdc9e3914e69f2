import Foundation
import JSON
import Serving
import Sessions
import Testing

/// All tests with a listening server, one after the other: a signal stops every server at once.
@Suite(.serialized, .timeLimit(.minutes(3))) struct HTTPTests {}

extension HTTPTests {
  @Suite struct Answers {
    @Test func aGoodRequestIsRanked() async throws {
      try await withServer { client in
        let request = body(4, [("size", 2), ("weights", ["click": 3]), ("request_id", "mine")])
        let reply = try await client.rerank(request)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"] == "application/json")
        let json = reply.json
        #expect(json["items"]?.array?.compactMap { $0["id"]?.string } == ["i3", "i2"])
        #expect(json["items"]?.array?.compactMap { $0["position"]?.number } == [1, 2])
        #expect(json["items"]?.array?.compactMap { $0["index"]?.number } == [3, 2])
        #expect(json["items"]?.array?.first?["log_probability"] == -0.5)
        #expect(json["weights"] == ["click": 1, "cold_start": 0])
        #expect(json["utilities"] == ["click": 2.5])
        #expect(json["reward"] == 1.25)
        #expect(json["model"] == "fake")
        #expect(json["version"] == "1")
        #expect(json["request_id"] == "mine")
        #expect((json["took_ms"]?.number ?? -1) >= 0)
      }
    }

    @Test func pinsAndBansReachTheModel() async throws {
      try await withServer { client in
        let pins: JSONValue = [["id": "i0", "position": 2]]
        let reply = try await client.rerank(
          body(5, [("size", 3), ("weights", ["click": 1]), ("pins", pins), ("ban", ["i4"])]))
        let ids = reply.json["items"]?.array?.compactMap { $0["id"]?.string }
        #expect(ids == ["i3", "i0", "i2"])
      }
    }

    @Test func theModelDescribesItself() async throws {
      try await withServer { client in
        let reply = try await client.get("/v1/model")
        #expect(reply.status == 200)
        #expect(reply.json == FakeRanker().description.json)
        #expect(reply.json["objectives"]?.array?.first?["scale"] == 0.5)
      }
    }

    @Test func probesAnswer() async throws {
      try await withServer { client in
        #expect(try await client.get("/healthz").status == 200)
        var ready = try await client.get("/readyz")
        for _ in 0..<50 where ready.status != 200 {
          try await Task.sleep(for: .milliseconds(10))
          ready = try await client.get("/readyz")
        }
        #expect(ready.json["status"] == "ready")
        let head = try await client.send("HEAD", "/healthz")
        #expect(head.status == 200)
        #expect(head.bytes.isEmpty)
      }
    }

    @Test func readinessWaitsForTheWarmUp() async throws {
      struct Cold: ListRanker {
        var description: ModelDescription { FakeRanker().description }
        func rank(_ request: RankRequest) throws -> RankResponse {
          try FakeRanker().rank(request)
        }
        func warmUp() { Thread.sleep(forTimeInterval: 1) }
      }
      try await withServer(Cold()) { client in
        let ready = try await client.get("/readyz")
        #expect(ready.status == 503)
        let alive = try await client.get("/healthz")
        #expect(alive.status == 200)
      }
    }

    @Test func requestIDsAreEchoedWhenHarmless() async throws {
      try await withServer { client in
        let kept = try await client.rerank(body(), headers: ["X-Request-Id": "abc-1.2:3"])
        #expect(kept.headers["x-request-id"] == "abc-1.2:3")
        #expect(kept.json["request_id"] == "abc-1.2:3")
        for bad in ["a b", "a\"b", String(repeating: "x", count: 129), "é"] {
          let reply = try await client.rerank(body(), headers: ["X-Request-Id": bad])
          let id = reply.headers["x-request-id"] ?? ""
          #expect(id != bad && !id.isEmpty && !id.contains(" "))
        }
        let first = try await client.get("/nowhere").json["request_id"]?.string
        let second = try await client.get("/nowhere").json["request_id"]?.string
        #expect(first != nil && first != second)
      }
    }
  }
}
