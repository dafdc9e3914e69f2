import EventLogs
import Foundation
import JSON
import Serving
import Sessions
import Synchronization
import Testing

/// Holds rankings of some users until they are let go.
private struct GatedRanker: ListRanker {
  final class Gates: Sendable {
    let hasBegun = Atomic<Bool>(false)
    let first = Atomic<Bool>(false)
    let second = Atomic<Bool>(false)
  }

  let gates: Gates

  var description: ModelDescription { FakeRanker().description }

  func rank(_ request: RankRequest) throws -> RankResponse {
    if request.user.id == "first" { gates.hasBegun.store(true, ordering: .releasing) }
    while request.user.id == "first" && !gates.first.load(ordering: .acquiring)
      || request.user.id == "second" && !gates.second.load(ordering: .acquiring)
    {
      Thread.sleep(forTimeInterval: 0.005)
    }
    return try FakeRanker().rank(request)
  }
}

extension HTTPTests {
  @Suite struct InferenceBatches {
    private func waiting(_ client: Client, _ count: Int) async throws {
      for _ in 0..<2000 {
        let metrics = try await client.get("/metrics").text
        if metrics.contains("fader_requests_waiting \(count)\n") { return }
        try await Task.sleep(for: .milliseconds(5))
      }
      Issue.record("never \(count) waiting")
    }

    private static func request(of user: String) -> JSONValue {
      ["user": ["id": .string(user)], "items": [["id": "a"]]]
    }

    /// The first of a batch is ranked, then another request takes the only thread for so long that
    /// the second is refused.
    @Test func aBatchThatIsRefusedHalfwayHasCountedNothing() async throws {
      let gates = GatedRanker.Gates()
      let folder = try Quickstart.folder() + "/halfway"
      let configured = adjusted {
        $0.limits.concurrent = 1
        $0.limits.queueMilliseconds = 1000
        $0.log = EventLogConfiguration()
        $0.log?.folder = folder
      }
      try await withServer(GatedRanker(gates: gates), configured: configured) { client in
        let texts = ["first", "plain"].map { JSONValue.string(Self.request(of: $0).serialized()) }
        let input: JSONValue = [
          "name": "request", "datatype": "BYTES", "shape": [2], "data": .array(texts),
        ]
        async let batch = client.post("/v2/models/fake/infer", ["inputs": [input]])
        while !gates.hasBegun.load(ordering: .acquiring) {
          try await Task.sleep(for: .milliseconds(5))
        }
        async let other = client.rerank(Self.request(of: "second"))
        try await waiting(client, 1)
        gates.first.store(true, ordering: .releasing)
        // Now the other one is ranked, and the batch's second waits.
        try await Task.sleep(for: .milliseconds(100))
        try await waiting(client, 1)
        try await Task.sleep(for: .milliseconds(1200))
        gates.second.store(true, ordering: .releasing)
        let refused = try await batch
        #expect(refused.status == 503 && refused.json["error"]?.string != nil)
        #expect(refused.headers["retry-after"] == "1")
        #expect(try await other.status == 200)
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_lists_total{source=\"greedy\"} 1\n"))
        #expect(metrics.contains("fader_shed_total{reason=\"late\"} 1\n"))
      }
      let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      let lines = try files.filter { $0.hasPrefix("decisions") && !$0.hasSuffix(".gz") }.map {
        try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      }.joined()
      #expect(lines.contains("second") && !lines.contains("first"))
    }
  }
}
