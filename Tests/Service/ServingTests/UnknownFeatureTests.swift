import JSON
import ListRules
import Logging
import Serving
import Steering
import StrictYAML
import Testing

/// Rules, controllers and conditions over features that the model does not know.
@Suite struct UnknownFeatureTests {
  private func faults(
    _ change: (inout ServingConfiguration) -> Void
  ) throws -> (refused: String, remarks: [String]) {
    let features = try #require(try Quickstart.ranker().features)
    var configuration = ServingConfiguration()
    change(&configuration)
    do throws(ConfigurationErrors) {
      try configuration.validate(features: features)
      return ("", configuration.remarks(knowing: features))
    } catch {
      return (error.description, configuration.remarks(knowing: features))
    }
  }

  @Test func aMisspeltNameIsRefusedWithTheNearest() throws {
    let found = try faults {
      $0.listRules = [ListRule(group: "shopp", atMost: 2), ListRule(flag: "shop", atMost: 1)]
      $0.steering.controllers = [
        ShareControllerConfiguration(objective: "click", flag: "is_colt", target: 0.3)
      ]
      $0.steering.presets = ["p": Preset(weights: ["click": 1])]
      $0.steering.rules = [
        SteeringRule(
          name: "r", when: RuleCondition(user: ["age_grup": ["65+"]], context: ["devise": ["tv"]]),
          preset: "p")
      ]
    }
    for words in [
      "serving.list_rules.0.group", "did you mean 'shop'?", "serving.list_rules.1.flag",
      "another type (text)", "serving.steering.controllers.0.flag", "did you mean 'is_cold'?",
      "serving.steering.rules.0.when.user.age_grup", "when.context.devise",
      "did you mean 'device'?",
    ] {
      #expect(found.refused.contains(words), "\(words): \(found.refused)")
    }
  }

  @Test func aNameLikeNoOtherIsARemarkUnlessItIsDeclared() throws {
    let rule = ListRule(flag: "sponsored", atMost: 1)
    let open = try faults { $0.listRules = [rule] }
    #expect(open.refused.isEmpty && open.remarks.count == 1)
    #expect(open.remarks.first?.contains("serving.list_rules.0.flag: 'sponsored'") == true)
    let declared = try faults {
      $0.listRules = [rule, ListRule(group: "shopp", atMost: 1)]
      $0.otherFeatures = ["sponsored", "shopp"]
    }
    #expect(declared.refused.isEmpty && declared.remarks.isEmpty)
  }
}

extension HTTPTests {
  @Suite struct OddFeatures {
    @Test func changedTypesAndUnseenFeaturesAreCountedByName() async throws {
      let log = RecordingLog()
      let ranker = try Quickstart.ranker()
      try await withServer(
        ranker, logger: log.logger,
        configured: adjusted { $0.listRules = [ListRule(flag: "sponsored", atMost: 1)] }
      ) { client in
        let item: JSONValue = ["id": "a", "features": ["rating": "good", "shop": "s1"]]
        let reply = try await client.rerank(["user": ["id": "u"], "items": [item, ["id": "b"]]])
        #expect(reply.status == 200, "\(reply.text)")
        let metrics = try await client.get("/metrics").text
        #expect(metrics.contains(#"fader_changed_features_total{feature="item.rating"} 1"#))
        #expect(metrics.contains(#"fader_unseen_features_total{feature="sponsored"} 1"#))
        let status = try await client.get("/v1/status").json["features"]
        #expect(status?["changed"] == ["item.rating": 1])
        #expect(status?["unseen"] == ["sponsored": 1])
        #expect(log.lines.contains { $0.level == .warning && $0.message.contains("sponsored") })
      }
    }
  }
}
