import EventLogs
import ListPolicy
import ListRules
import Serving
import Steering
import StrictYAML
import TestSupport
import Testing

@Suite struct ServingConfigurationTests {
  @Test func defaultsAreValidAndSurviveARoundTrip() throws {
    var configuration = ServingConfiguration()
    try configuration.validate()
    configuration.defaultWeights = ["click": 0.5]
    configuration.precision = .bfloat16
    let again = try YAMLDocument(text: yaml(configuration), file: "c.yaml")
    #expect(try again.decode(ServingConfiguration.self) == configuration)
  }

  @Test func theConfigurationOfTheRepositoryFitsItsCheckpoint() throws {
    let document = try YAMLDocument(path: Quickstart.configuration)
    let configuration = try document.decode(ServingConfiguration.self, at: ["serving"])
    try configuration.validate(
      objectives: Quickstart.ranker().description.objectives.map(\.name))
    #expect(configuration.steering.rules.count == 3)
  }

  @Test func theReferenceReadsBackToTheDefaults() throws {
    let path = Quickstart.configuration.replacing("serving/feed.yaml", with: "reference.yaml")
    let document = try YAMLDocument(path: path)
    #expect(
      try document.decode(ServingConfiguration.self, at: ["serving"]) == ServingConfiguration())
  }

  @Test func everyPropertyHasItsRow() {
    var whole = ServingConfiguration()
    whole.log = EventLogConfiguration()
    whole.keys = KeysConfiguration()
    whole.administrationKeys = KeysConfiguration()
    whole.tls = CertificateConfiguration()
    whole.models = ModelsConfiguration()
    whole.cors = CrossOriginConfiguration()
    #expect(propertiesWithoutRow(whole) == [])
    #expect(propertiesWithoutRow(ListRule()) == [])
    #expect(propertiesWithoutRow(Preset()) == [])
    #expect(propertiesWithoutRow(SteeringRule()) == [])
    #expect(propertiesWithoutRow(RuleCondition()) == [])
    #expect(propertiesWithoutRow(ShareControllerConfiguration()) == [])
  }

  @Test func faultsOfAllSectionsAreReported() {
    var configuration = ServingConfiguration()
    configuration.drainSeconds = -1
    configuration.limits.bodySeconds = 0
    configuration.listRules = [ListRule(group: "shop", atMost: 0)]
    configuration.log = EventLogConfiguration()
    configuration.log?.folder = ""
    configuration.keys = KeysConfiguration()
    configuration.strategy.lists = 65
    configuration.steering.default = "none"
    do {
      try configuration.validate()
      Issue.record("a wrong configuration went through")
    } catch {
      #expect(
        error.faults.map(\.keyPath) == [
          "serving.drain_seconds", "serving.steering.default", "serving.strategy.lists",
          "serving.list_rules.0.at_most", "serving.log.folder", "serving.limits.body_seconds",
          "serving.keys",
        ])
    }
  }

  @Test func allFaultsAreReportedAtOnce() {
    var configuration = ServingConfiguration()
    configuration.host = ""
    configuration.port = 70_000
    configuration.maximumBodyBytes = 0
    configuration.maximumItems = 0
    configuration.shutdownGraceSeconds = -1
    configuration.defaultWeights = ["clicks": -1]
    do {
      try configuration.validate(objectives: ["click"])
      Issue.record("a wrong configuration went through")
    } catch {
      #expect(
        error.faults.map(\.keyPath) == [
          "serving.host", "serving.port", "serving.maximum_body_bytes", "serving.maximum_items",
          "serving.default_weights.clicks", "serving.default_weights",
          "serving.shutdown_grace_seconds", "serving.default_weights.clicks",
        ])
    }
  }
}
