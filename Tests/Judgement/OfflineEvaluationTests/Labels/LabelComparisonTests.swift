import EvaluationReport
import ItemLabels
import OfflineEvaluation
import Sessions
import Tensors
import Testing

@Suite struct LabelComparisonTests {
  private func comparison(_ sessions: [Session]) throws -> LabelComparison {
    LabelComparison(
      sessions, schema: try labelSchema(sessions), targets: [LabelMeasurementTests.click],
      depth: 3, seed: 1, workers: Workers(2))
  }

  @Test func aMethodHasTheFiguresOfAWholeMeasurement() throws {
    let sessions = plantedLabels(seed: 1, sessions: 40, users: 10)
    let schema = try labelSchema(sessions)
    let method = ByNumber("a", schema)
    var options = LabelMeasurement.Options()
    options.depth = 3
    options.bootstrapSamples = 10
    let summary = try #require(
      LabelMeasurement(
        schema: schema, targets: [LabelMeasurementTests.click], options: options
      ).summaries(sessions, method: method, workers: Workers(1))["click"])
    let means = try #require(try comparison(sessions).means(of: method)["click"])
    #expect(abs(try #require(means.ndcg) - (try #require(summary.ndcg))) < 1e-12)
    #expect(abs(means.chosen - (try #require(summary.chosen))) < 1e-12)
  }

  @Test func aMethodThatGivesBackTheLogIsGradedByItsUpperHalf() throws {
    struct Logged: ListMethod {
      func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] { requests.logged }
    }
    let sessions = [
      labelSession("1", user: "a", clicks: [1, 0, 0, 0]),
      labelSession("2", user: "b", clicks: [1, 1, 0, 0]),
    ]
    let means = try #require(try comparison(sessions).means(of: Logged())["click"])
    #expect(means.ndcg == 1 && means.chosen == 0.75)
    let first = try #require(try comparison(sessions).means(of: Logged(), first: 1)["click"])
    #expect(first.chosen == 0.5)
  }

  @Test func theRegressionFindsWhatWasPlanted() throws {
    let held = plantedLabels(seed: 1, sessions: 60, users: 12)
    let comparison = try comparison(held)
    let linear = try #require(
      comparison.linearMeans(training: plantedLabels(seed: 2, sessions: 300, users: 40))["click"])
    let noise = try #require(
      comparison.means(of: ByNumber("noise", try labelSchema(held)))["click"])
    #expect(try #require(linear.ndcg) > 0.9 && linear.chosen > noise.chosen + 0.1)
    #expect(comparison.linearMeans(training: []).isEmpty)
  }

  @Test func kindsWithoutAFeedbackHaveNoFigures() throws {
    let silent = [
      labelSession("1", user: "a", [["a": .number(1)], ["a": .number(2)]], clicks: nil)
    ]
    #expect(try comparison(silent).means(of: ByNumber("a", try labelSchema(silent))).isEmpty)
  }
}
