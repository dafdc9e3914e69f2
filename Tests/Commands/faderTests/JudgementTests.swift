import Foundation
import Testing

@Suite struct JudgementTests {
  @Test func theEstimateNamesEveryEstimatorOrWhyItIsRefused() throws {
    let scratch = try TinyRun.shared.get()
    let outcome = try Binary.run(
      ["estimate", "--checkpoint", "run", "--requests", "200", "--share", "0.2"], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    for name in ["list_ips", "self_normalised_ips", "reward_interaction_ips"] {
      #expect(outcome.output.contains(name))
    }
  }

  @Test func aLogWithoutPropensitiesIsRefused() throws {
    let scratch = try Scratch()
    let shared = try TinyRun.shared.get()
    let lines = try shared.text("sessions.jsonl").split(separator: "\n").map { line in
      String(line).replacing(/,"propensity":\[[^\]]*\]/, with: "")
    }
    try scratch.write(lines.joined(separator: "\n") + "\n", to: "bare.jsonl")
    let run = shared.path("run")
    let outcome = try Binary.run(
      ["estimate", "--checkpoint", run, "--sessions", "bare.jsonl"], in: scratch)
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("propensities"))
  }

  @Test func labelsJudgeWithoutAModelAndCanBeRequired() throws {
    let scratch = try Scratch()
    let run = try TinyRun.shared.get().path("run")
    let outcome = try Binary.run(
      [
        "evaluate", "--checkpoint", run, "--requests", "60", "--json", "--label-training", "300",
        "--labels-out", "labels.jsonl.gz", "--require", "labels.click.ndcg>=0.1", "--require",
        "labels.click.over_logged>=0.9",
      ], in: scratch)
    // No order is ahead of the logged one by so much.
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("labels.click.over_logged is"))
    #expect(!outcome.errors.contains("labels.click.ndcg is"))
    let labels = try #require(try JSON(outcome.output)["labels"]?["click"])
    let kinds = labels["methods"]?.array?.compactMap { $0["kind"]?.string }
    #expect(kinds == ["policy", "logged", "random", "score", "evaluators", "linear"])
    #expect(FileManager.default.fileExists(atPath: scratch.path("labels.jsonl.gz")))
  }

  @Test func aWholeComparisonRunsAndIsTakenUpAgain() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    let arguments = [
      "compare", "--config", "tiny.yaml", "--out", "compare", "--seeds", "1", "--requests", "10",
      "--attainable", "3", "--searched", "2", "--divisions", "2", "--specialist-steps", "1",
      "--single-steps", "1", "--json",
      "--set", "training.generator.steps=6",
    ]
    let first = try Binary.run(arguments, in: scratch)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.output.contains("\"label_ndcg.click\""))
    for name in [
      "fader", "noop", "specialists", "prm", "seq2slate", "evaluator greedy", "logistic",
    ] {
      #expect(first.output.contains("\"\(name)\""))
    }
    let again = try Binary.run(arguments, in: scratch)
    #expect(again.output == first.output)
    #expect(again.errors.contains("taken from"))
  }

  @Test func anAblationHasALinePerVariant() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    try scratch.write(
      """
      base: [training.generator.steps=6]
      variants:
        - {name: as it is}
        - {name: four lists, set: [training.generator.lists=4]}

      """, to: "variants.yaml")
    let outcome = try Binary.run(
      [
        "ablate", "--config", "tiny.yaml", "--variants", "variants.yaml", "--out", "ablation",
        "--seeds", "1", "--requests", "10", "--attainable", "2",
      ], in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 2)
    #expect(outcome.output.contains("four lists: attainment"))
  }
}
