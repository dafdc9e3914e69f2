import Foundation
import JSON
import Serving
import Sessions
import Steering
import Testing

extension HTTPTests {
  /// What HTTP asks beyond a request and its answer.
  @Suite struct Rules {
    @Test func aBodyThatIsHeldBackIsAskedFor() async throws {
      try await withServer { client in
        let expect = ["-H", "Expect: 100-continue", "-H", "Content-Type: application/json"]
        let heads = try curl(
          client.port, expect + ["-D", "-", "--data-binary", body(5).serialized()], "/v1/rerank")
        #expect(heads.contains("100 Continue"))
        #expect(heads.contains("200 OK"))
        let closed = try curl(
          client.port, expect + ["-D", "-", "-H", "Content-Length: 99999999", "-d", "{"],
          "/v1/rerank")
        #expect(closed.hasPrefix("HTTP/1.1 413"))
        #expect(closed.lowercased().contains("connection: close"))
      }
    }

    @Test func exactlyOneHostIsWanted() async throws {
      try await withServer { client in
        let none = try curl(client.port, ["-D", "-", "-H", "Host:"], "/healthz")
        #expect(none.hasPrefix("HTTP/1.1 400"))
        #expect(none.contains("bad-host"))
        #expect(none.lowercased().contains("connection: close"))
        let old = try curl(client.port, ["-D", "-", "-0", "-H", "Host:"], "/healthz")
        #expect(old.contains(" 200 OK") && old.lowercased().contains("connection: close"))
        let kept = try curl(
          client.port, ["-D", "-", "-0", "-H", "Connection: keep-alive"], "/healthz")
        #expect(kept.lowercased().contains("connection: keep-alive"))
      }
    }

    @Test func optionsTellTheMethods() async throws {
      try await withServer { client in
        let reply = try await client.send("OPTIONS", "/v1/rerank")
        #expect(reply.status == 204 && reply.headers["allow"] == "POST, OPTIONS")
        #expect(try await client.send("OPTIONS", "/").status == 204)
        #expect(try await client.send("OPTIONS", "/nowhere").status == 404)
        #expect(reply.headers["access-control-allow-origin"] == nil)
      }
    }

    @Test func pagesOfAdmittedOriginsMayAsk() async throws {
      let origin = "https://shop.example"
      let cors = CrossOriginConfiguration(origins: [origin])
      try await withServer(configured: adjusted { $0.cors = cors }) { client in
        for (from, admitted) in [(origin, origin), ("https://other.example", nil)] {
          let preflight = try await client.send(
            "OPTIONS", "/v1/rerank",
            headers: ["Origin": from, "Access-Control-Request-Method": "POST"])
          #expect(preflight.headers["access-control-allow-origin"] == admitted)
          #expect(
            preflight.headers["access-control-allow-methods"] == admitted.map { _ in "POST" })
          let refused = try await client.rerank(Array("{".utf8), headers: ["Origin": from])
          #expect(refused.headers["access-control-allow-origin"] == admitted)
          #expect(refused.headers["vary"]?.contains("Origin") == true)
        }
      }
      for wrong in ["shop.example", "https://shop.example/", "https://", ""] {
        #expect(throws: (any Error).self) {
          try adjusted { $0.cors = CrossOriginConfiguration(origins: [wrong]) }.validate()
        }
      }
      #expect(throws: (any Error).self) {
        try adjusted { $0.cors = CrossOriginConfiguration() }.validate()
      }
    }

    @Test func bodiesMayBePackedBothWays() async throws {
      try await withServer(maximumBodyBytes: 20_000) { client in
        let plain: [UInt8] = body(40).serialized()
        for (format, coding) in [
          (PackedFormat.gzip, "gzip"), (.gzip, "x-gzip"), (.deflate, "deflate"),
        ] {
          let reply = try await client.rerank(
            packed(plain, as: format), headers: ["Content-Encoding": coding])
          #expect(reply.status == 200)
        }
        let long = [UInt8](repeating: 32, count: 30_000)
        let bomb = try await client.rerank(
          packed(long, as: .gzip), headers: ["Content-Encoding": "gzip"])
        #expect(bomb.status == 413)
        let broken = try await client.rerank(plain, headers: ["Content-Encoding": "gzip"])
        #expect(broken.status == 400)
        let wide = ["-D", "-", "-o", "/dev/null", "-H", "Accept-Encoding: br, gzip;q=0.5"]
        let heads = try curl(client.port, wide, "/openapi.json").lowercased()
        #expect(heads.contains("content-encoding: gzip") && heads.contains("vary: accept-encoding"))
        let short = try curl(client.port, wide, "/healthz").lowercased()
        #expect(!short.contains("content-encoding"))
      }
    }

    @Test func aByteOrderMarkMeansNothing() async throws {
      try await withServer { client in
        let plain: [UInt8] = body(3).serialized()
        let marked = try await client.rerank([0xEF, 0xBB, 0xBF] + plain)
        #expect(marked.status == 200)
        let half = try await client.rerank([0xEF, 0xBB] + plain)
        #expect(half.status == 400)
      }
    }

    @Test func requestsStayBelowTheOperatorsLimits() async throws {
      let limited = adjusted {
        $0.limits.lists = 4
        $0.limits.searchedLists = 10
        $0.limits.size = 3
        $0.limits.deadlineMilliseconds = 500
        $0.steering.presets = ["wide": .init(weights: ["click": 1], strategy: .init(.sample))]
      }
      try await withServer(configured: limited) { client in
        for (pointer, key, value) in [
          ("/size", "size", 4), ("/deadline_ms", "deadline_ms", 501),
          ("/strategy/lists", "strategy", ["kind": "beam", "lists": 5]),
          ("/strategy/searched_lists", "strategy", ["kind": "greedy", "searched_lists": 11]),
        ] as [(String, String, JSONValue)] {
          let reply = try await client.rerank(body(5, [(key, value)]))
          #expect(reply.status == 422 && reply.pointers == [pointer])
        }
        let most: [(String, JSONValue)] = [
          ("size", 3), ("deadline_ms", 500), ("strategy", ["kind": "beam", "lists": 4]),
        ]
        #expect(try await client.rerank(body(5, most)).status == 200)
        #expect(try await client.rerank(body(5, [("size", 3), ("preset", "wide")])).status == 200)
      }
    }

    @Test func labelledCountersCountFromZero() async throws {
      try await withServer { client in
        let metrics = try await client.get("/metrics").text
        for sample in [
          "fader_lists_total{source=\"beam\"}", "fader_fallbacks_total{reason=\"deadline\"}",
          "fader_shed_total{reason=\"full\"}", "fader_interactions_total{outcome=\"refused\"}",
          "fader_model_reloads_total{outcome=\"refused\"}",
          "fader_config_reloads_total{outcome=\"accepted\"}",
          "fader_requests_total{route=\"/v1/feedback\",status=\"202\"}",
        ] {
          #expect(metrics.contains("\(sample) 0\n"))
        }
      }
    }
  }
}

/// What curl printed.
func curl(_ port: Int, _ options: [String], _ path: String) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["curl", "-sS"] + options + ["http://127.0.0.1:\(port)\(path)"]
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
