import Foundation
import Testing

/// From a poor first policy through a running service and back into training, by the programs.
@Suite struct LoopTests {
  private static let configuration = """
    version: 1
    data:
      feed:
        {seed: 3, users: 300, items: 400, shops: 20, categories: 6, candidates: 12, list_length: 4}
    schema:
      item: {exclude: [priority]}
      augment: {rank: [score]}
    objectives:
      - {name: click, predicted: click}
      - {name: shops, distinct: shop, scale: 1}
    evaluator:
      {pointwise: false, item_hidden: 16, item_width: 8, fit_width: 4, slot_width: 4, attention_width: 8, heads: 2,
       recurrent_width: 8, pairwise_width: 4, trunk: [16], head_hidden: 16, ensemble: 2}
    generator:
      {item_hidden: 16, item_width: 8, fit_width: 4, state: 8, attention: 16, hyper_hidden: 8}
    training:
      evaluator: {epochs: 3, batch: 32, warmup: 10}
      judge: {share: 0.2}
      generator: {steps: 40, batch: 32, lists: 4, imitation_steps: 4, warmup: 2}
      warm_start: {epochs: 3, evaluator_rate: 0.003, steps: 60, generator_rate: 0.003}

    """

  @Test func servedListsMakeTheNextModelsBetter() throws {
    let scratch = try Scratch()
    try scratch.write(Self.configuration, to: "loop.yaml")
    let outcome = try Binary.run(
      [
        "loop", "--config", "loop.yaml", "--out", "loop", "--sessions", "700", "--measured", "400",
        "--rounds", "3", "--seeds", "1", "--force", "--json",
      ], program: "fader-bench", in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let seed = try #require(try JSON(outcome.output)["seeds"]?.array?.first)
    let loop = try curve(seed, "loop")
    let still = try curve(seed, "beside")
    try #require(loop.count == 4 && still.count == 4)
    // Three standard errors of a mean, although the requests are the same in every round.
    let error = 3 * loop[3].error
    #expect(loop[3].mean - loop[0].mean > error, "\(loop)")
    #expect(loop[3].mean > still[3].mean - error, "\(loop) \(still)")

    // Each model says which one it came from.
    let card = try scratch.text("loop/seed-1/loop-3/checkpoints/best/MODEL_CARD.md")
    #expect(card.contains("generation 3"))
  }

  @Test func aLoopSaysWhatIsAttainedBesideAsManyLoggedSessions() throws {
    let scratch = try Scratch()
    try scratch.write(Self.configuration, to: "loop.yaml")
    let outcome = try Binary.run(
      [
        "loop", "--config", "loop.yaml", "--out", "loop", "--sessions", "200", "--measured", "50",
        "--rounds", "1", "--seeds", "1", "--weights", "any", "--beside", "logged", "--drawn", "0.5",
        "--attainable", "3", "--force", "--json",
      ], program: "fader-bench", in: scratch)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let seed = try #require(try JSON(outcome.output)["seeds"]?.array?.first)
    for name in ["loop", "beside"] {
      let points = seed[name]?.array ?? []
      #expect(points.count == 2)
      #expect(points.allSatisfy { ($0["attained"]?["mean"]?.number ?? 2) <= 1 })
    }
    #expect(seed["regret"]?.array?.count == 1)
    // The model beside the loop has as many sessions, all of the first policy.
    let run = try scratch.text("loop/seed-1/beside-1/config.yaml")
    #expect(run.contains("log-0.jsonl") && run.contains("log-1.jsonl"))
  }

  private func curve(_ seed: JSON, _ name: String) throws -> [(mean: Double, error: Double)] {
    try (seed[name]?.array ?? []).map {
      let reward = try #require($0["reward"])
      return (
        try #require(reward["mean"]?.number), try #require(reward["standard_error"]?.number)
      )
    }
  }
}
