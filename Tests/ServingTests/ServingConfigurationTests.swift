import Serving
import StrictYAML
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
          "serving.shutdown_grace_seconds", "serving.default_weights.clicks",
          "serving.default_weights.clicks", "serving.default_weights",
        ])
    }
  }
}
