import Foundation
import Testing

/// The path from simulation to judgement in the world `latent`, in small.
@Suite struct LatentTests {
  private let configuration = """
    version: 1
    data:
      latent:
        {seed: 3, users: 200, items: 400, candidates: 12, list_length: 5}
      simulate: 400
    schema:
      item: {exclude: [quality_seen]}
    objectives:
      - {name: click, predicted: click}
      - {name: buy, predicted: buy}
      - {name: new_items, share: is_new}
    evaluator: {ensemble: 1}
    training:
      evaluator: {epochs: 1, batch: 32}
      judge: {share: 0}
      generator: {steps: 4, batch: 8, lists: 4, imitation_steps: 1, checkpoint_every: 4, warmup: 1}

    """

  @Test func aModelIsTrainedInTheWorldAndJudgedByItsTruth() throws {
    let scratch = try Scratch()
    try scratch.write(configuration, to: "latent.yaml")
    let commands = [
      [
        "simulate", "--config", "latent.yaml", "--sessions", "40", "--out", "s.jsonl", "--events",
        "e.jsonl",
      ],
      ["ingest", "e.jsonl", "--out", "again.jsonl"],
      ["train", "--config", "latent.yaml", "--out", "run", "--force"],
    ]
    for arguments in commands {
      let outcome = try Binary.run(arguments, in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    // Of the world's own test part, of a file that came from it, and of its events.
    for extra in [[], ["--sessions", "s.jsonl"], ["--sessions", "again.jsonl"]] {
      let outcome = try Binary.run(
        ["evaluate", "--checkpoint", "run", "--requests", "10", "--json"] + extra, in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try JSON(outcome.output)["world"]?["true_gain"] != nil)
    }
  }
}
