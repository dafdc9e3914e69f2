import Foundation
import Testing
import Training

@Suite struct HealthConfigurationTests {
  @Test func whatIsNotGivenHasItsDefault() throws {
    let read = try JSONDecoder().decode(
      HealthConfiguration.self, from: Data(#"{"reward_drop": 2, "entropy_steps": 7}"#.utf8))
    var expected = HealthConfiguration()
    expected.rewardDrop = 2
    expected.entropySteps = 7
    #expect(read == expected)
    #expect(HealthConfiguration().validate().isEmpty)
  }

  @Test func everyFieldSurvivesTheRoundTrip() throws {
    let text = """
      {"better_share_floor":0.25,"entropy_floor":0.5,"entropy_steps":1,"gradient_factor":2,\
      "gradient_floor":3,"gradient_steps":4,"reward_drop":5,"reward_steps":6,"reward_window":7,\
      "warmup_steps":8}
      """
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let read = try JSONDecoder().decode(HealthConfiguration.self, from: Data(text.utf8))
    #expect(String(decoding: try encoder.encode(read), as: UTF8.self) == text)
  }

  @Test func allFaultsAreReportedAtOnce() {
    var configuration = HealthConfiguration()
    configuration.warmupSteps = 0
    configuration.rewardDrop = .nan
    configuration.betterShareFloor = 1.5
    #expect(
      configuration.validate() == [
        "warmup_steps: expected a whole number of at least 1 (steps), got 0",
        "better_share_floor: expected a number from 0 to 1, got 1.5",
        "reward_drop: expected a number of at least 0, got nan",
      ])
  }
}
