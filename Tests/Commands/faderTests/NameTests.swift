import Foundation
import Testing

/// Names that match nothing, and logs that cannot teach what is asked of them.
@Suite struct NameTests {
  private func check(_ set: [String]) throws -> Binary.Outcome {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    return try Binary.run(
      ["train", "--config", "tiny.yaml", "--check"] + set.flatMap { ["--set", $0] }, in: scratch)
  }

  @Test(arguments: [
    ("share: is_colt", "did you mean 'is_cold'?"), ("share: price", "another type (number)"),
    ("order: shop", "another type (text)"), ("mean: kind", "another type (text)"),
    ("quota: rating, target: 0.3", "another type (number)"),
  ])
  func aRuleOverNothingIsRefused(rule: String, words: String) throws {
    let outcome = try check(["objectives=[{name: click, predicted: click}, {name: x, \(rule)}]"])
    #expect(outcome.status == 78 && outcome.errors.contains("objectives.x."), "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func trainingRefusesWhatTheCheckDoes() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    let set = "objectives=[{name: click, predicted: click}, {name: x, share: is_colt}]"
    let outcome = try Binary.run(TinyRun.train(out: "run") + ["--set", set], in: scratch)
    #expect(outcome.status == 78 && outcome.errors.contains("did you mean 'is_cold'?"))
  }

  @Test func theServingSectionIsHeldAgainstTheDataToo() throws {
    let outcome = try check([
      "serving.list_rules=[{group: shopp, at_most: 2}]", "serving.default_weights={clik: 1}",
    ])
    #expect(outcome.status == 78)
    for word in ["serving.list_rules.0.group", "did you mean 'shop'?", "'clik'"] {
      #expect(outcome.errors.contains(word), "\(outcome.errors)")
    }
  }

  @Test func aLogWhereAllWasShownTeachesTheOrderOnly() throws {
    let all = try check(["data.feed.list_length=12"])
    #expect(all.status == 0, "\(all.errors)")
    #expect(all.output.contains("100.0 % of the sessions (2000 of 2000)"), "\(all.output)")
    #expect(all.output.contains("only the order of a list"))
    #expect(!(try check([])).output.contains("selection"))
  }

  @Test func aMisspeltRequirementFailsBeforeTheEvaluation() throws {
    let scratch = try Scratch()
    let run = try TinyRun.shared.get().path("run")
    for (figure, words) in [
      ("better_percentage.maen", "the nearest are better_percentage.mean"),
      ("attainment.by_truth.mean", "--attainable"),
    ] {
      let outcome = try Binary.run(
        ["evaluate", "--checkpoint", run, "--require", "\(figure)>=0.1"], in: scratch)
      #expect(outcome.status == 64 && outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!outcome.errors.contains("evaluating") && outcome.output.isEmpty)
    }
  }

  @Test func rankWarnsOnceOfAFeatureWhoseTypeChanged() throws {
    let scratch = try Scratch()
    let run = try TinyRun.shared.get().path("run")
    let line = #"{"user":{"id":"u"},"items":[{"id":"a","features":{"rating":"good"}},{"id":"b"}]}"#
    let outcome = try Binary.run(
      ["rank", "--checkpoint", run], input: "\(line)\n\(line)\n", in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "'item.rating'").count == 2, "\(outcome.errors)")
    #expect(outcome.errors.contains("was a number in training"))
  }
}
