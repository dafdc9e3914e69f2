import Foundation
import Testing

/// The path from events to lists where models see what users did before, in small.
@Suite struct VisitsTests {
  private static let head = """
    version: 1
    data:
      feed:
        {seed: 3, users: 80, items: 400, candidates: 12, list_length: 5, interest_drift: 2, visit_pages: 4}
      simulate: 400

    """
  private static let tail = """
    objectives:
      - {name: click, predicted: click}
      - {name: cold_start, share: is_cold}
    evaluator: {ensemble: 1, item_hidden: 8, item_width: 6}
    generator: {item_hidden: 8, item_width: 6}
    training:
      evaluator: {epochs: 1, batch: 32}
      judge: {share: 0}
      generator: {steps: 4, batch: 8, lists: 4, imitation_steps: 1, checkpoint_every: 4, warmup: 1}

    """
  private static func configuration(_ history: String) -> String {
    head + (history.isEmpty ? "" : "schema: {history: \(history)}\n") + tail
  }

  @Test func aHistoryReachesTheLists() throws {
    let scratch = try Scratch()
    try scratch.write(Self.configuration("{exposure: {length: 9}, click: {}}"), to: "visits.yaml")
    let commands = [
      [
        "simulate", "--config", "visits.yaml", "--sessions", "40", "--out", "s.jsonl", "--events",
        "e.jsonl",
      ],
      ["ingest", "e.jsonl", "--out", "again.jsonl", "--history", "exposure=50,click=50"],
      ["train", "--config", "visits.yaml", "--out", "run", "--force"],
    ]
    for arguments in commands {
      let outcome = try Binary.run(arguments, in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let counts = try Binary.run(["validate", "again.jsonl"], in: scratch).output
    #expect(counts.contains("history") && counts.contains("exposure"))
    for file in ["s.jsonl", "again.jsonl"] {
      let outcome = try Binary.run(
        ["evaluate", "--checkpoint", "run", "--sessions", file, "--requests", "10", "--json"],
        in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
  }

  @Test func whatNothingReadsIsSaid() throws {
    let scratch = try Scratch()
    try scratch.write(Self.configuration(""), to: "none.yaml")
    try scratch.write(Self.configuration("{click: {}}"), to: "click.yaml")
    try scratch.write(Self.configuration("{clik: {}}"), to: "clik.yaml")
    func check(_ file: String) throws -> Binary.Outcome {
      try Binary.run(["train", "--config", file, "--check"], in: scratch)
    }
    let none = try check("none.yaml")
    #expect(none.status == 0 && (none.output + none.errors).contains("of type click, exposure"))
    let click = try check("click.yaml")
    #expect(click.status == 0 && (click.output + click.errors).contains("of type exposure"))
    let misspelt = try check("clik.yaml")
    #expect(misspelt.status != 0 && misspelt.errors.contains("did you mean \"click\"?"))
  }

  /// Against counts taken from the lines themselves.
  @Test func theCheckCountsHistories() throws {
    let scratch = try Scratch()
    try scratch.write(Self.configuration("{click: {}, exposure: {}}"), to: "visits.yaml")
    let simulate = [
      "simulate", "--config", "visits.yaml", "--sessions", "300", "--out", "s.jsonl",
    ]
    #expect(try Binary.run(simulate, in: scratch).status == 0)
    let check = try Binary.run(
      ["train", "--config", "visits.yaml", "--sessions", "s.jsonl", "--check"], in: scratch)
    #expect(check.status == 0, "\(check.errors)")

    let histories = try scratch.text("s.jsonl").split(separator: "\n").compactMap {
      try JSON(String($0))["history"]?.array?.compactMap { $0["type"]?.string }
    }.filter { !$0.isEmpty }
    #expect(check.output.contains("\(histories.count) of 300 sessions have one"))
    for type in ["click", "exposure"] {
      let counts = histories.map { $0.count { $0 == type } }
      let least = try #require(counts.min())
      let most = try #require(counts.max())
      let mean = (Double(counts.reduce(0, +)) / Double(counts.count) * 10).rounded() / 10
      #expect(
        check.output.contains("\(type): \(least) to \(most), on average \(mean)"),
        "\(check.output)")
    }
  }

  @Test func typesAndNumbersAreNeeded() throws {
    let scratch = try Scratch()
    try scratch.write("", to: "e.jsonl")
    for text in ["click", "click=0", "click=x", "click=1,click=2", "=3"] {
      let outcome = try Binary.run(
        ["ingest", "e.jsonl", "--out", "s.jsonl", "--history", text], in: scratch)
      #expect(outcome.status == 64 && outcome.errors.contains("exposure=50,click=20"), "\(text)")
    }
  }
}
