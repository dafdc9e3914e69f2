import Foundation
import JSON
import Serving
import Sessions
import Testing

extension HTTPTests {
  @Suite struct Reloads {
    private struct Versioned: ListRanker {
      var version: String
      var description: ModelDescription {
        var description = FakeRanker().description
        description.version = version
        return description
      }
      func rank(_ request: RankRequest) throws -> RankResponse {
        var response = try FakeRanker().rank(request)
        response.version = version
        return response
      }
    }

    private struct Damaged: Error {}

    private static func put(_ name: String, _ content: String, in folder: String) throws {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try content.write(toFile: "\(path)/bundle.json", atomically: true, encoding: .utf8)
    }

    /// A checkpoint's version is what stands in its bundle.
    private static let load: @Sendable (String) throws -> any ListRanker = { path in
      let text = try String(contentsOfFile: "\(path)/bundle.json", encoding: .utf8)
      if text == "damaged" { throw Damaged() }
      return Versioned(version: text)
    }

    @Test func modelsAreSwappedByNameAndBadOnesRefused() async throws {
      let folder = try Quickstart.folder()
      try Self.put("a", "2", in: folder)
      try Self.put("b", "damaged", in: folder)
      try await withServer(
        load: Self.load,
        configured: adjusted {
          $0.models = ModelsConfiguration(folder: folder)
          $0.models?.pollSeconds = 0
        }
      ) { client in
        let loaded = try await client.post("/v1/model/load", ["path": "a"])
        #expect(loaded.json == ["name": "fake", "version": "2", "previous": "1"])
        #expect(try await client.rerank(body()).json["version"] == "2")
        let refused = try await client.post("/v1/model/load", ["path": "b"])
        #expect(refused.status == 409)
        #expect(!refused.text.contains(folder))
        for path in ["../a", "/etc", "", ".a", "c"] {
          let outside = try await client.post("/v1/model/load", ["path": .string(path)])
          #expect(outside.status == 422, "\(path)")
        }
        #expect(try await client.rerank(body()).json["version"] == "2")
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_model_reloads_total{outcome=\"refused\"} 1"))
      }
    }

    @Test func theFolderIsWatchedAndNoRequestFails() async throws {
      let folder = try Quickstart.folder()
      try await withServer(
        load: Self.load,
        configured: adjusted {
          $0.models = ModelsConfiguration(folder: folder)
          $0.models?.pollSeconds = 0.05
        }
      ) { client in
        var seen: Set<String> = []
        for round in 0..<12 {
          let content = round == 5 ? "damaged" : "v\(round)"
          try Self.put("m\(round)", content, in: folder)
          for _ in 0..<20 {
            let reply = try await client.rerank(body())
            #expect(reply.status == 200 && reply.json["fallback"] == nil)
            seen.insert(reply.json["version"]?.string ?? "")
            try await Task.sleep(for: .milliseconds(5))
          }
        }
        #expect(seen.count > 3 && !seen.contains("damaged"))
        var last: String?
        for _ in 0..<500 where last != "v11" {
          try await Task.sleep(for: .milliseconds(10))
          last = try await client.rerank(body()).json["version"]?.string
        }
        #expect(last == "v11")
      }
    }

    @Test func aModelThatTheConfigurationDoesNotFitIsRefused() async throws {
      let folder = try Quickstart.folder()
      try Self.put("other", "x", in: folder)
      let load: @Sendable (String) throws -> any ListRanker = { _ in
        struct Other: ListRanker {
          var description: ModelDescription {
            ModelDescription(
              name: "other", version: "9",
              objectives: [.init(name: "sales", definition: "sum(sale)", scale: 1)])
          }
          func rank(_ request: RankRequest) throws -> RankResponse { throw Damaged() }
        }
        return Other()
      }
      try await withServer(
        load: load,
        configured: adjusted {
          $0.models = ModelsConfiguration(folder: folder)
          $0.defaultWeights = ["click": 1]
        }
      ) { client in
        let refused = try await client.post("/v1/model/load", ["path": "other"])
        #expect(refused.status == 409)
        #expect(try await client.rerank(body()).json["version"] == "1")
      }
    }
  }
}
