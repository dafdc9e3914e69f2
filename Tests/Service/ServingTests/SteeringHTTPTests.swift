import Foundation
import JSON
import Serving
import Sessions
import Steering
import Testing

extension HTTPTests {
  @Suite struct SteeredAnswers {
    private func steering() -> SteeringConfiguration {
      var steering = SteeringConfiguration()
      steering.presets = [
        "calm": Preset(weights: ["click": 1, "cold_start": 3]),
        "bold": Preset(weights: ["click": 1]),
      ]
      steering.default = "calm"
      steering.rules = [
        SteeringRule(
          name: "push", when: RuleCondition(context: ["source": ["push"]]), preset: "bold"),
        SteeringRule(
          name: "test", when: RuleCondition(user: ["segment": ["new"]]),
          split: [.init(preset: "calm", share: 1), .init(preset: "bold", share: 1)]),
      ]
      return steering
    }

    @Test func theAnswerAndTheLogSayWhoChoseTheWeights() async throws {
      let log = RecordingLog()
      try await withServer(
        logger: log.logger, configured: adjusted { $0.steering = steering() }
      ) { client in
        let byDefault = try await client.rerank(body()).json
        #expect(byDefault["weights"] == ["click": 0.25, "cold_start": 0.75])
        #expect(byDefault["steering"] == ["rule": "default", "preset": "calm"])
        let ruled = try await client.rerank(body(4, [("context", ["source": "push"])])).json
        #expect(ruled["weights"] == ["click": 1, "cold_start": 0])
        #expect(ruled["steering"] == ["rule": "push", "preset": "bold"])
        let own = try await client.rerank(body(4, [("weights", ["cold_start": 2])])).json
        #expect(own["steering"] == ["rule": "request"])
        let named = try await client.rerank(body(4, [("preset", "bold")])).json
        #expect(named["steering"] == ["rule": "preset", "preset": "bold"])
        let rules = log.lines.compactMap { $0.metadata["rule"] }
        #expect(rules == ["default", "push", "request", "preset"])
        #expect(log.lines.compactMap { $0.metadata["w"] }.first == "click=0.25,cold_start=0.75")
      }
    }

    @Test func aUserStaysOnOneSideOfASplit() async throws {
      try await withServer(configured: adjusted { $0.steering = steering() }) { client in
        func arm(_ user: Int) async throws -> String? {
          let user: JSONValue = ["id": .string("u\(user)"), "features": ["segment": "new"]]
          let request: JSONValue = ["user": user, "items": [["id": "a"], ["id": "b"]]]
          let steering = try await client.rerank(request).json["steering"]
          #expect(steering?["rule"]?.string == "test")
          return steering?["arm"]?.string
        }
        var arms: [String?] = []
        for user in 0..<20 { arms.append(try await arm(user)) }
        for user in 0..<20 { #expect(try await arm(user) == arms[user]) }
        #expect(Set(arms) == ["calm", "bold"])
      }
    }

    @Test func rulesReadFeaturesThatTheModelDoesNot() async throws {
      let ranker = try Quickstart.ranker()
      var steering = SteeringConfiguration()
      steering.presets = ["p": Preset(weights: ["shops": 1])]
      steering.rules = [
        SteeringRule(name: "r", when: RuleCondition(context: ["source": ["7"]]), preset: "p")
      ]
      let service = steering
      try await withServer(ranker, configured: adjusted { $0.steering = service }) { client in
        let reply = try await client.rerank(
          body(12, [("context", ["device": "phone", "source": 7])]))
        #expect(reply.json["steering"]?["rule"] == "r")
        #expect(reply.json["weights"]?["shops"] == 1)
      }
    }

    @Test func presetsAreChecked() async throws {
      try await withServer(configured: adjusted { $0.steering = steering() }) { client in
        let unknown = try await client.rerank(body(4, [("preset", "none")]))
        #expect(unknown.status == 422 && unknown.pointers == ["/preset"])
        let both = try await client.rerank(
          body(4, [("preset", "bold"), ("weights", ["click": 1])]))
        #expect(both.status == 422 && both.pointers == ["/preset"])
      }
    }

    @Test func aNewConfigurationIsTakenAndABadOneIsNot() async throws {
      let path = try Quickstart.folder() + "/serve.yaml"
      try "ok".write(toFile: path, atomically: true, encoding: .utf8)
      let source = ConfigurationSource(path: path) {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var configuration = ServingConfiguration()
        configuration.defaultWeights = [text: 1]
        return configuration
      }
      // Looked at only when asked to.
      let unwatched = adjusted {
        $0.models = ModelsConfiguration(folder: "/nowhere")
        $0.models?.pollSeconds = 0
      }
      try await withServer(source: source, configured: unwatched) { client in
        try "click".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try await client.post("/v1/config/reload", [:]).json == ["reloaded": true])
        #expect(try await client.rerank(body()).json["weights"]?["click"] == 1)
        try "clicks".write(toFile: path, atomically: true, encoding: .utf8)
        let refused = try await client.post("/v1/config/reload", [:])
        #expect(refused.status == 409)
        #expect(refused.text.contains("default_weights.clicks"))
        #expect(try await client.rerank(body()).json["weights"]?["click"] == 1)
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains("fader_config_reloads_total{outcome=\"accepted\"} 1"))
        #expect(metrics.contains("fader_config_reloads_total{outcome=\"refused\"} 1"))
      }
    }

    @Test func controllersMoveWhatTheServiceChoseAndNothingElse() async throws {
      var controller = ShareControllerConfiguration(
        objective: "cold_start", flag: "click", target: 1)
      controller.every = 5
      controller.integral = 0.2
      controller.maximum = 0.7
      let steering = { [controller] in
        var steering = SteeringConfiguration()
        steering.controllers = [controller]
        return steering
      }()
      try await withServer(configured: adjusted { $0.steering = steering }) { client in
        // Item 0 has no click: of four shown, three are flagged.
        for _ in 0..<5 { _ = try await client.rerank(body()) }
        let moved = try await client.rerank(body()).json
        #expect(moved["steering"]?["controlled"] == ["cold_start"])
        let weight = try #require(moved["weights"]?["cold_start"]?.number)
        // .5 at the start, then .5 * .25 and .2 * .25 for an error of .25.
        #expect(abs(weight - 0.675) < 1e-9)
        let own = try await client.rerank(body(4, [("weights", ["click": 1])])).json
        #expect(own["weights"]?["click"] == 1)
        let live = try await client.get("/v1/steering").json["controllers"]?.array?.first
        #expect(live?["share"] == 0.75)
      }
    }
  }
}
