import EvaluationReport
import Foundation
import Testing

@Suite struct ReportTests {
  private func object(_ report: EvaluationReport) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(report.json().utf8)) as? [String: Any])
  }

  @Test func jsonHasTheKeysThatOthersReadAndOnlyShares() throws {
    let object = try object(sampleReport())
    #expect(object["requests"] as? Int == 12)
    let probes = try #require(object["probes"] as? [[String: Any]])
    #expect(probes.count == sampleReport().probes.count)
    for key in [
      "weights", "better_percentage", "ties", "reward_generated", "reward_logged", "utilities",
      "utilities_logged", "judge", "world",
    ] {
      #expect(probes.allSatisfy { $0[key] != nil }, "probes lack \(key)")
    }
    let better = try #require(object["better_percentage"] as? [String: Double])
    for key in ["mean", "min", "low", "high"] {
      let value = try #require(better[key])
      #expect((0...1).contains(value))
    }
    let control = try #require(object["control"] as? [String: Any])
    let spearman = try #require(control["spearman"] as? [String: Double])
    #expect(spearman.keys.sorted() == ["click", "cold"])
    let world = try #require(object["world"] as? [String: Any])
    #expect(world["gain_kept"] as? Double != nil)
    for gain in ["true_gain", "predicted_gain"] {
      let figures = try #require(world[gain] as? [String: Double])
      #expect(figures["mean"] != nil && figures["min"] != nil)
    }
  }

  @Test(arguments: [
    (["judge"], ["better_percentage", "evaluator", "gain", "gap", "predicted_gain"]),
    (["judge", "gap"], ["max", "mean", "share"]),
    (["front"], ["hypervolume", "non_dominated", "non_dominated_share", "reference"]),
    (["trade_offs"], ["click/cold"]),
    (["trade_offs", "click/cold"], ["by_evaluators", "by_truth", "first", "second"]),
    (["trade_offs", "click/cold", "by_truth"], ["first", "is_trade_off", "second"]),
    (
      ["trade_offs", "click/cold", "by_truth", "first"],
      ["kept", "midpoint", "other", "own", "range"]
    ),
    (["fidelity"], ["own_is_best", "points", "weights"]),
    (["attainment"], ["by_evaluators", "by_truth", "exhaustive", "requests"]),
    (["examples"], ["best", "worst"]),
  ])
  func jsonHasTheKeysOfEveryPart(path: [String], keys: [String]) throws {
    var part = try object(sampleReport())
    for key in path { part = try #require(part[key] as? [String: Any]) }
    #expect(part.keys.sorted() == keys)
  }

  @Test func aReportOfBeforeThereWereLabelsIsRead() throws {
    var old = try object(sampleReport())
    old["labels"] = nil
    old["trade_offs"] = nil
    let text = String(decoding: try JSONSerialization.data(withJSONObject: old), as: UTF8.self)
    let read = try EvaluationReport(json: text)
    var expected = sampleReport()
    expected.labels = nil
    expected.tradeOffs = nil
    #expect(read == expected)
    #expect(!read.html().contains("what people did") && !read.html().contains("half up"))
  }

  @Test func labelsHaveTheKeysThatRequirementsName() throws {
    let labels = try #require(try object(sampleReport())["labels"] as? [String: Any])
    let click = try #require(labels["click"] as? [String: Any])
    for key in [
      "ndcg", "map", "chosen", "over_logged", "over_random", "over_score", "over_evaluators",
      "over_linear",
    ] {
      #expect(click[key] is Double, "click lacks \(key)")
    }
  }

  @Test(arguments: PageTests.variants)
  func aReadReportIsTheOneThatWasWritten(options: SampleOptions) throws {
    let report = sampleReport(options)
    let read = try EvaluationReport(json: report.json())
    #expect(read == report && read.json() == report.json())
  }

  @Test func withoutAWorldOrAJudgeNothingIsSaidOfThem() {
    let report = sampleReport(SampleOptions(judge: false, truth: false))
    #expect(report.world == nil && report.probes.allSatisfy { $0.world == nil })
    #expect(report.judge == nil && report.probes.allSatisfy { $0.judge == nil })
    for key in ["true_gain", "judge", "by_truth"] { #expect(!report.json().contains(key)) }
  }

  @Test func theSameComparisonsGiveTheSameBytes() {
    #expect(sampleReport().json() == sampleReport().json())
    #expect(sampleReport().html() == sampleReport().html())
    #expect(sampleReport().markdown() == sampleReport().markdown())
  }
}
