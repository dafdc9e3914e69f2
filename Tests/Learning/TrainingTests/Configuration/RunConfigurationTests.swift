import ConfigurationFields
import DataSources
import Families
import Features
import Foundation
import ListPolicy
import Objectives
import StrictYAML
import TestSupport
import Testing
import Training
import Worlds

@Suite struct RunConfigurationTests {
  private let least = """
    version: 1
    data: {feed: {seed: 3}}
    objectives: [{name: click, predicted: click}]
    """

  @Test func whatIsLeftOutKeepsItsDefault() throws {
    let read = try configuration(least)
    #expect(read.training == TrainingConfiguration())
    #expect(read.data.feed?.seed == 3)
    #expect(read.validate() == [])
  }

  @Test(arguments: [
    ("trainin: {seed: 2}", "trainin"),
    ("training: {sead: 2}", "training.sead"),
    ("training: {generator: {step: 3}}", "training.generator.step"),
    ("training: {evaluator: {epoch: 3}}", "training.evaluator.epoch"),
    ("evaluator: {item_hiden: 8}", "evaluator.item_hiden"),
    ("generator: {states: 8}", "generator.states"),
    ("training: {generator: {health: {warmup: 3}}}", "training.generator.health.warmup"),
  ])
  func anUnknownKeyIsAnErrorWithItsLine(text: String, key: String) throws {
    let error = try #require(throws: ConfigurationErrors.self) {
      try configuration(least + "\n" + text)
    }
    #expect(error.faults.map(\.keyPath) == [key])
    #expect(error.faults.first?.line == 4)
  }

  @Test(arguments: [
    "training: {seed: many}", "training: {generator: {learning_rate: fast}}",
    "training: {generator: {steps: 2.5}}", "training: {generator: {baseline: best}}",
    "training: {generator: {reward_to_go: 3}}", "evaluator: {trunk: 8}",
  ])
  func aValueOfAnotherTypeIsAnError(text: String) {
    #expect(throws: ConfigurationErrors.self) { try configuration(least + "\n" + text) }
  }

  @Test func allImpossibleValuesAreReportedAtOnce() throws {
    let text =
      least + """

        evaluator: {ensemble: 0}
        generator: {attention: 20}
        training:
          shards: 0
          evaluator: {batch: 0, unknown_rate: 2}
          generator: {lists: 1, steps: 5, imitation_steps: 5, learning_rate: -1}
        """
    let fault = try #require(throws: RunConfigurationError.self) { try configuration(text) }
    let keys = [
      "evaluator.ensemble", "generator.attention", "training.shards", "training.evaluator.batch",
      "training.evaluator.unknown_rate", "training.generator.lists",
      "training.generator.imitation_steps", "training.generator.learning_rate",
    ]
    for key in keys { #expect(fault.messages.contains { $0.contains("\(key): expected") }) }
    #expect(fault.messages.count == keys.count)
  }

  @Test func oneListIsEnoughForTheOtherBaselines() throws {
    for baseline in Baseline.allCases where baseline != .leaveOneOut {
      let text = least + "\ntraining: {generator: {lists: 1, baseline: \(baseline.rawValue)}}"
      #expect(try configuration(text).training.generator.baseline == baseline)
    }
  }

  @Test func assignmentsReplaceWhatTheFileSays() throws {
    let text = least + "\ntraining: {generator: {steps: 50}}"
    let read = try configuration(
      text, ["training.generator.steps=70", "training.seed=9", "data.feed.users=33"])
    #expect(read.training.generator.steps == 70)
    #expect(read.training.seed == 9)
    #expect(read.data.feed?.users == 33 && read.data.feed?.seed == 3)
    let error = try #require(throws: ConfigurationErrors.self) {
      try configuration(text, ["training.generator.stepz=70"])
    }
    #expect(error.faults.first?.file.contains("--set") == true)
  }

  @Test func anotherVersionIsRefused() throws {
    let text = least.replacingOccurrences(of: "version: 1", with: "version: 2")
    let error = try #require(throws: ConfigurationErrors.self) { try configuration(text) }
    #expect("\(error)".contains("expected version 1, got 2"))
  }

  /// What a run directory keeps says the same again, with every default written out.
  @Test func theResolvedFileReadsAsTheSameConfiguration() throws {
    let read = try configuration(least, ["training.generator.entropy=0.03", "evaluator.slots=6"])
    let resolved = try read.resolved()
    #expect(resolved.contains("imitation_steps: 30"))
    #expect(try configuration(resolved) == read)
    #expect(try configuration(resolved).resolved() == resolved)
  }

  @Test func theConfigurationsOfTheRepositoryAreSound() throws {
    let folder = Self.folder
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") && $0 != "reference.yaml" }
    #expect(!files.isEmpty)
    for file in files {
      #expect(throws: Never.self, "\(file)") {
        try RunConfiguration(path: "\(folder.path)/\(file)")
      }
    }
  }

  @Test func theReferenceReadsBackToTheDefaults() throws {
    let document = try YAMLDocument(path: "\(Self.folder.path)/reference.yaml")
    let read = try document.removing(["serving"]).decode(RunConfiguration.self)
    #expect(read == RunConfiguration())
  }

  @Test func everyPropertyHasItsRow() {
    var whole = RunConfiguration()
    whole.data.feed = FeedWorldConfiguration()
    whole.data.latent = LatentWorldConfiguration()
    whole.training.warmStart = WarmStart()
    // The families' sections are one property, and a row each.
    #expect(propertiesWithoutRow(whole, grouped: ["RunConfiguration"]) == [])
    #expect(Set(Families.names).isSubset(of: RunConfiguration.fields.map(\.key)))
    for name in Families.names { #expect(propertiesWithoutRow(whole.policies[name]) == []) }
    #expect(propertiesWithoutRow(FieldConfiguration()) == [])
    // The keys of the terms are those of the table of rules.
    #expect(
      ObjectiveTerms.fields.map(\.key) == [
        "predicted", "share", "quota", "distinct", "order", "mean", "discounted", "threshold",
        "gated", "distinct_first", "aggregate", "next", "target", "window", "ramp", "places",
      ])
  }

  /// configs/
  private static let folder = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("configs").resolvingSymlinksInPath()
  }()

  private func configuration(
    _ text: String, _ overrides: [String] = []
  ) throws -> RunConfiguration {
    try RunConfiguration(YAMLDocument(text: text, file: "test.yaml"), overrides: overrides)
  }
}
