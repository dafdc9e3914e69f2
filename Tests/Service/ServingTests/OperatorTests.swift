import EventLogs
import Foundation
import JSON
import Logging
import Serving
import Sessions
import Steering
import Testing

/// What operators do and what happens to them: links, damage, keys of two classes, logs.
extension HTTPTests {
  @Suite struct Operators {
    private struct Damaged: Error {}

    private static func soon(_ holds: () async throws -> Bool) async throws -> Bool {
      for _ in 0..<500 {
        if try await holds() { return true }
        try await Task.sleep(for: .milliseconds(10))
      }
      return false
    }

    /// As Kubernetes mounts a ConfigMap: `serve.yaml -> ..data/serve.yaml`, `..data -> ..1`.
    @Test func aTurnedLinkIsAChange() async throws {
      let folder = try Quickstart.folder()
      let files = FileManager.default
      for (version, content) in [("..1", "click"), ("..2", "cold_start")] {
        try files.createDirectory(
          atPath: "\(folder)/\(version)", withIntermediateDirectories: true)
        try content.write(
          toFile: "\(folder)/\(version)/serve.yaml", atomically: true, encoding: .utf8)
      }
      try files.createSymbolicLink(
        atPath: "\(folder)/..data", withDestinationPath: "..1")
      let path = "\(folder)/serve.yaml"
      try files.createSymbolicLink(atPath: path, withDestinationPath: "..data/serve.yaml")
      let source = ConfigurationSource(path: path) {
        var configuration = ServingConfiguration()
        configuration.defaultWeights = [try String(contentsOfFile: path, encoding: .utf8): 1]
        return configuration
      }
      let watched = adjusted {
        $0.models = ModelsConfiguration(folder: "/nowhere")
        $0.models?.pollSeconds = 0.05
      }
      try await withServer(source: source, configured: watched) { client in
        // The first look has to be before the link turns.
        try await Task.sleep(for: .milliseconds(200))
        try files.removeItem(atPath: "\(folder)/..data")
        try files.createSymbolicLink(atPath: "\(folder)/..data", withDestinationPath: "..2")
        let isTaken = try await Self.soon {
          try await client.rerank(body()).json["weights"]?["cold_start"] == 1
        }
        #expect(isTaken)
      }
    }

    @Test func anOlderSoundCheckpointServesWhereTheNewestIsDamaged() async throws {
      let folder = try Quickstart.folder()
      for (name, age) in [("sound", -7200.0), ("damaged", 0)] {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try name.write(toFile: "\(path)/bundle.json", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: age)],
          ofItemAtPath: "\(path)/bundle.json")
      }
      let log = RecordingLog()
      let load: @Sendable (String) throws -> any ListRanker = { path in
        if path.hasSuffix("/damaged") { throw Damaged() }
        return FakeRanker()
      }
      try await withServer(
        nil, logger: log.logger, load: load,
        configured: adjusted { $0.models = ModelsConfiguration(folder: folder) }
      ) { client in
        #expect(try await Self.soon { try await client.get("/readyz").status == 200 })
        let status = try await client.get("/v1/status").json
        #expect(status["refused_checkpoint"]?["name"] == "damaged")
        #expect(log.lines.contains { $0.level == .warning && $0.message.contains("older") })
      }
    }

    @Test func clientsRankAndOperatorsAdminister() async throws {
      let folder = try Quickstart.folder()
      try "# clients\nsec#ret3\nother # a comment\n".write(
        toFile: "\(folder)/keys", atomically: true, encoding: .utf8)
      try "admin".write(toFile: "\(folder)/admin", atomically: true, encoding: .utf8)
      func statuses(_ configuration: ServingConfiguration, _ path: String) async throws -> [Int] {
        var statuses: [Int] = []
        try await withServer(configured: configuration) { client in
          for key in ["", "sec#ret3", "sec", "other", "admin"] {
            let headers = ["Content-Type": "application/json", "Authorization": "Bearer \(key)"]
            let bytes: [UInt8] = body().serialized()
            statuses.append(
              try await client.send("POST", path, body: bytes, headers: headers).status)
          }
        }
        return statuses
      }
      let both = adjusted {
        $0.keys = KeysConfiguration(file: "\(folder)/keys")
        $0.administrationKeys = KeysConfiguration(file: "\(folder)/admin")
      }
      // There is no file to reload, which is said to those who may ask.
      #expect(try await statuses(both, "/v1/rerank") == [401, 200, 401, 200, 200])
      #expect(try await statuses(both, "/v1/config/reload") == [401, 403, 401, 403, 409])
      let clients = adjusted { $0.keys = both.keys }
      #expect(try await statuses(clients, "/v1/config/reload") == [401, 403, 401, 403, 401])
      let operators = adjusted { $0.administrationKeys = both.administrationKeys }
      #expect(try await statuses(operators, "/v1/rerank") == [200, 200, 200, 200, 200])
      #expect(try await statuses(operators, "/v1/config/reload") == [401, 401, 401, 401, 409])
    }

    @Test func aPublishedPresetServesUntilTheConfigurationIsReadAgain() async throws {
      try await withServer { client in
        let preset: JSONValue = ["name": "evening", "weights": ["click": 1]]
        let published = try await client.post("/v1/presets", preset)
        #expect(published.status == 200, "\(published.text)")
        #expect(published.json["replaced"] == .bool(false))
        #expect(try await client.post("/v1/presets", preset).json["replaced"] == .bool(true))
        #expect(try await client.rerank(body(5, [("preset", "evening")])).status == 200)
        // An unknown objective changes nothing, and says so.
        let wrong = try await client.post(
          "/v1/presets", ["name": "worse", "weights": ["clicks": 1]])
        #expect(wrong.status == 422 && wrong.pointers == ["/weights"])
        #expect(try await client.rerank(body(5, [("preset", "worse")])).status == 422)
        #expect(try await client.post("/v1/presets", ["name": "bare"]).status == 422)
        let lists: JSONValue = ["name": "n", "weights": ["click": 1], "strategies": 1]
        #expect(try await client.post("/v1/presets", lists).status == 422)
      }
    }

    @Test func onlyNamedKindsOfFeedbackAreTaken() async throws {
      let folder = try Quickstart.folder()
      try await withServer(
        configured: adjusted {
          $0.log = EventLogConfiguration()
          $0.log?.folder = folder
          $0.feedbackKinds = ["click"]
        }
      ) { client in
        let known: JSONValue = ["ranking": "r", "item": "i", "type": "click"]
        let other: JSONValue = ["ranking": "r", "item": "i", "type": "zzz"]
        #expect(try await client.post("/v1/feedback", known).status == 202)
        let one = try await client.post("/v1/feedback", other)
        #expect(one.status == 422 && one.pointers == ["/type"])
        #expect(one.text.contains("serving.feedback_kinds"))
        let several = try await client.post("/v1/feedback", ["interactions": [known, other]])
        #expect(several.pointers == ["/interactions/1/type"])
        await #expect(throws: FileError.self) {
          try await withServer(
            configured: adjusted {
              $0.log = EventLogConfiguration()
              $0.log?.folder = folder
            }
          ) { _ in }
        }
      }
    }

    @Test func aModelSaysWhatItWasTrainedOn() throws {
      let model = try Quickstart.ranker().description.json
      #expect(model["list_length"]?["trained_maximum"] == 10)
      #expect(model["feedback"] == ["click", "dwell", "like"])
    }
  }
}
