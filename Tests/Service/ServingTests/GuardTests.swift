import Foundation
import JSON
import ListRules
import Serving
import Sessions
import Steering
import Testing

extension HTTPTests {
  @Suite struct Guards {
    private func ids(_ reply: Reply) -> [String] {
      reply.json["items"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    /// Items i0, i1, ... of the groups a, a, a, b, b, b, ...
    private func grouped(_ count: Int, _ more: [(String, JSONValue)] = []) -> JSONValue {
      let items = (0..<count).map { i -> JSONValue in
        [
          "id": .string("i\(i)"),
          "features": ["click": .number(Double(count - i)), "shop": .string("s\(i / 3)")],
        ]
      }
      return .object(
        [("items", .array(items)), ("weights", ["click": 1])]
          + more.map { (key: $0.0, value: $0.1) })
    }

    private let apart = [ListRule(group: "shop", atMost: 1, window: 2)]

    @Test func aListThatBreaksARuleGivesWayToTheFallback() async throws {
      try await withServer(configured: adjusted { $0.listRules = apart }) { client in
        // The fake ranker knows no rules and puts i0 above i1 of the same shop.
        let reply = try await client.rerank(grouped(9, [("size", 4)]))
        #expect(reply.status == 200)
        #expect(ids(reply) == ["i0", "i3", "i1", "i4"])
        #expect(reply.json["source"] == "fallback")
        #expect(reply.json["fallback"] == ["reason": "rule"])
        #expect(reply.json["broken_rules"] == nil)
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_fallbacks_total{reason=\"rule\"} 1"))
      }
    }

    @Test func whatCannotBeHeldIsServedAndNamed() async throws {
      try await withServer(configured: adjusted { $0.listRules = apart }) { client in
        let reply = try await client.rerank(grouped(3, [("size", 3)]))
        #expect(reply.status == 200)
        #expect(ids(reply).count == 3)
        #expect(reply.json["broken_rules"]?.array?.isEmpty == false)
      }
    }

    @Test func theModelObeysWhileItWrites() async throws {
      let ranker = try Quickstart.ranker()
      let rules = [
        ListRule(group: "shop", atMost: 1, window: 3), ListRule(flag: "is_cold", atLeast: 4),
      ]
      let request = try RankRequest(json: JSONScanner.parse(Quickstart.body()))
      let shops = Dictionary(
        uniqueKeysWithValues: request.items.map { ($0.id, $0.features["shop"]) })
      let cold = Set(
        request.items.filter { $0.features["is_cold"] == .flag(true) }.map(\.id))
      try await withServer(ranker, configured: adjusted { $0.listRules = rules }) { client in
        for strategy in ["greedy", "sample", "beam"] {
          var members = try JSONScanner.parse(Quickstart.body()).members ?? []
          members.append(("strategy", .string(strategy)))
          let reply = try await client.rerank(.object(members))
          let list = ids(reply)
          #expect(reply.json["fallback"] == nil)
          #expect(list.count { cold.contains($0) } >= min(4, cold.count))
          for slot in list.indices {
            let above = list[max(slot - 2, 0)..<slot]
            #expect(!above.contains { shops[$0] == shops[list[slot]] })
          }
        }
      }
    }

    @Test func requiredItemsAreInTheList() async throws {
      let ranker = try Quickstart.ranker()
      try await withServer(ranker) { client in
        let reply = try await client.rerank(
          body(30, [("size", 3), ("require", ["i29", "i7"]), ("ban", ["i0"])]))
        #expect(Set(ids(reply)).isSuperset(of: ["i29", "i7"]))
        #expect(reply.json["fallback"] == nil)
        for (more, pointer) in [
          ([("require", ["nobody"])], "/require/0"),
          ([("size", 1), ("require", ["i1", "i2"])], "/require"),
          ([("require", ["i1"]), ("ban", ["i1"])], "/require/0"),
        ] as [([(String, JSONValue)], String)] {
          let refused = try await client.rerank(body(6, more))
          #expect(refused.status == 422 && refused.pointers == [pointer])
        }
      }
    }

    @Test func aDeadlineThatPassedServesTheFallback() async throws {
      let ranker = try Quickstart.ranker()
      try await withServer(ranker) { client in
        let pins: JSONValue = [["id": "i5", "position": 2]]
        let reply = try await client.rerank(
          body(8, [("deadline_ms", 0.0001), ("size", 3), ("pins", pins), ("ban", ["i0"])]))
        #expect(reply.status == 200)
        #expect(reply.json["fallback"] == ["reason": "deadline"])
        #expect(ids(reply) == ["i1", "i5", "i2"])
        #expect(reply.json["utilities"] == [:])
        #expect(reply.json["reward"] == nil)
      }
    }

    @Test func withoutAModelTheFallbackIsServed() async throws {
      let folder = try Quickstart.folder()
      try await withServer(
        nil, configured: adjusted { $0.models = ModelsConfiguration(folder: folder) }
      ) { client in
        let reply = try await client.rerank(body(5, [("weights", ["anything": 1])]))
        #expect(reply.status == 200)
        #expect(ids(reply) == ["i0", "i1", "i2", "i3", "i4"])
        #expect(reply.json["fallback"] == ["reason": "no_model"])
        #expect(try await client.get("/readyz").status == 503)
        #expect(try await client.get("/v1/model").status == 503)
      }
    }
  }
}
