import CandidateSelection
import Foundation
import JSON
import ListRules
import Serving
import Sessions
import Testing

extension HTTPTests {
  /// Requests with more candidates than the model should see.
  @Suite struct Candidates {
    private func ids(_ reply: Reply) -> [String] {
      reply.json["items"]?.array?.compactMap { $0["id"]?.string } ?? []
    }

    private func keeping(_ keep: Int, by score: String? = "click") -> SelectionConfiguration {
      var configuration = SelectionConfiguration()
      configuration.keep = keep
      configuration.by = score
      return configuration
    }

    @Test func theModelSeesTheBestAndAnswersByWhatWasSent() async throws {
      try await withServer(configured: adjusted { $0.candidates = keeping(3) }) { client in
        let reply = try await client.rerank(
          body(10, [("size", 2), ("weights", ["cold_start": 1])]))
        // i7, i8 and i9 are kept; of these i7 is the coldest.
        #expect(ids(reply) == ["i7", "i8"])
        #expect(reply.json["items"]?.array?.map { $0["index"]?.number } == [7, 8])
        let told: JSONValue = ["open": 10, "kept": 3, "cut": [["by": "score", "count": 7]]]
        #expect(reply.json["candidates"] == told)
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_candidates_cut_total{by=\"score\"} 7"))
        #expect(metrics.contains("fader_missed_quotas_total{quota=\"cap\"} 0"))
      }
    }

    @Test func nothingIsSaidWhereNothingLimits() async throws {
      try await withServer { client in
        let answer = try await client.rerank(body(10))
        #expect(answer.json["candidates"] == nil)
      }
    }

    @Test func pinsAndRequiredItemsSurvive() async throws {
      try await withServer(Quickstart.ranker(), configured: adjusted { $0.candidates = keeping(4) })
      { client in
        let reply = try await client.rerank(
          body(
            30,
            [
              ("size", 3), ("pins", [["id": "i0", "position": 2]]), ("require", ["i1"]),
              ("ban", ["i29"]),
            ]))
        #expect(ids(reply).count == 3 && ids(reply)[1] == "i0" && ids(reply).contains("i1"))
        #expect(Set(ids(reply)).isSubset(of: ["i0", "i1", "i28", "i27"]))
        #expect(reply.json["candidates"]?["open"] == 29)
      }
    }

    @Test func aRequestChangesWhatTheServiceSays() async throws {
      try await withServer(configured: adjusted { $0.candidates = keeping(3) }) { client in
        let more = try await client.rerank(
          body(10, [("size", 2), ("candidates", ["keep": 5, "by": "cold_start"])]))
        #expect(more.json["candidates"]?["kept"] == 5)
        #expect(ids(more).allSatisfy { ["i0", "i1", "i2", "i3", "i4"].contains($0) })
        // A list never gets fewer items than it has places.
        let longer = try await client.rerank(body(10, [("size", 8)]))
        #expect(ids(longer).count == 8)
      }
    }

    @Test(arguments: [
      (#"{"keep": 0}"#, "/candidates/keep"), (#"{"keep": 1.5}"#, "/candidates/keep"),
      (#"{"kept": 5}"#, "/candidates/kept"), (#"{"method": "best"}"#, "/candidates/method"),
      (#"{"method": "mmr"}"#, "/candidates/alike"), (#"[]"#, "/candidates"),
      (#"{"quotas": [{"group": "shop"}]}"#, "/candidates/quotas/0"),
      (#"{"quotas": [{"group": "shop", "cap": "2"}]}"#, "/candidates/quotas/0/cap"),
      (#"{"quotas": [{"group": "shop", "cap": 2, "floor": 3}]}"#, "/candidates/quotas/0/floor"),
      (#"{"trade_off": 2}"#, "/candidates/trade_off"),
    ])
    func badValuesAreRefusedByTheirPlace(text: String, pointer: String) async throws {
      let value = try JSONScanner.parse(Array(text.utf8))
      try await withServer { client in
        let reply = try await client.rerank(body(4, [("candidates", value)]))
        #expect(reply.status == 422, "\(reply.text)")
        #expect(reply.json["pointer"]?.string == pointer, "\(reply.text)")
      }
    }

    /// 197 of 200 items of one type, the others last; a page may hold one of that type.
    private func oneSided(_ candidates: JSONValue) -> JSONValue {
      let items = (0..<200).map { i -> JSONValue in
        [
          "id": .string("i\(i)"),
          "features": [
            "kind": .string(i < 197 ? "show" : "other\(i)"), "is_show": .bool(i < 197),
            "score": .number(1 - Double(i) / 200),
          ],
        ]
      }
      return .object([
        ("items", .array(items)), ("size", 4), ("candidates", candidates),
        ("weights", ["click": 1]),
      ])
    }

    @Test func quotasLeaveAListThatKeepsItsRules() async throws {
      let rules = [ListRule(flag: "is_show", atMost: 1)]
      try await withServer(Quickstart.ranker(), configured: adjusted { $0.listRules = rules }) {
        client in
        let top = try await client.rerank(oneSided(["keep": 50, "by": "score", "method": "top"]))
        // The model had nothing to fill the list with, so that the fallback took its place.
        #expect(top.json["source"] == "fallback", "\(top.text)")
        #expect(top.json["fallback"]?["reason"] == "rule")
        let quotas = try await client.rerank(
          oneSided([
            "keep": 50, "by": "score", "quotas": [["group": "kind", "cap": 20, "floor": 1]],
          ]))
        #expect(quotas.json["source"] == "greedy", "\(quotas.text)")
        #expect(quotas.json["broken_rules"] == nil)
        #expect(Set(["i197", "i198", "i199"]).isSubset(of: ids(quotas)))
        #expect(quotas.json["candidates"]?["loosened"] == [["feature": "kind", "items": 27]])
      }
    }

    @Test func whatARuleWantsIsKept() async throws {
      let rules = [ListRule(flag: "rare", atLeast: 2)]
      let items = (0..<20).map { i -> JSONValue in
        [
          "id": .string("i\(i)"),
          "features": ["click": .number(Double(20 - i)), "rare": .bool(i > 16)],
        ]
      }
      let request = JSONValue.object([("items", .array(items)), ("size", 3)])
      try await withServer(
        Quickstart.ranker(),
        configured: adjusted {
          $0.listRules = rules
          $0.candidates = keeping(5)
        }
      ) { client in
        let reply = try await client.rerank(request)
        #expect(reply.json["source"] == "greedy")
        #expect(Set(["i17", "i18"]).isSubset(of: ids(reply)), "\(reply.text)")
      }
    }

    @Test func bothWaysOfReadingChooseTheSame() async throws {
      guard case .object(let members) = try JSONScanner.parse(Quickstart.body()) else { return }
      let section: JSONValue = [
        "keep": 15, "by": "score",
        "quotas": [["group": "shop", "cap": 2], ["flag": "is_cold", "floor": 4]],
      ]
      var configuration = keeping(15, by: "score")
      configuration.quotas = [
        SelectionQuota(group: "shop", cap: 2), SelectionQuota(flag: "is_cold", floor: 4),
      ]
      let ranker = try Quickstart.ranker()
      var answers: [[JSONValue?]] = []
      try await withServer(ranker, configured: adjusted { $0.candidates = configuration }) {
        let reply = try await $0.rerank(.object(members))
        answers.append([reply.json["items"], reply.json["candidates"]])
      }
      try await withServer(ranker) {
        let reply = try await $0.rerank(.object(members + [(key: "candidates", value: section)]))
        answers.append([reply.json["items"], reply.json["candidates"]])
      }
      #expect(answers.count == 2 && answers[0] == answers[1])
      #expect(answers[0][1]?["kept"] == 15)
    }
  }
}
