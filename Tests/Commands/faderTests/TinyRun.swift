import Foundation

/// A world, models and a training that take a fraction of a second.
enum TinyRun {
  /// - Parameter steps: of the generator.
  static func configuration(steps: Int = 30, every: Int = 10) -> String {
    """
    version: 1
    data:
      feed:
        {seed: 3, users: 200, items: 400, shops: 20, categories: 6, candidates: 12, list_length: 5}
      simulate: 2000
    schema:
      item: {exclude: [priority]}
    objectives:
      - {name: click, predicted: click}
      - {name: shops, distinct: shop}
    evaluator:
      {pointwise: false, item_hidden: 16, item_width: 8, fit_width: 4, slot_width: 4, attention_width: 8, heads: 2,
       recurrent_width: 8, pairwise_width: 4, trunk: [16], head_hidden: 16, ensemble: 2}
    generator:
      {item_hidden: 16, item_width: 8, fit_width: 4, state: 8, attention: 16, hyper_hidden: 8}
    training:
      evaluator: {epochs: 2, batch: 32}
      generator:
        {steps: \(steps), batch: 16, lists: 4, imitation_steps: 4, checkpoint_every: \(every),
         warmup: 2}

    """
  }

  /// A finished run, in `run`, beside `sessions.jsonl`, `events.jsonl` and `tiny.yaml`; made once
  /// for all tests, which only read it.
  static let shared = Result { try make() }

  private static func make() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.write(configuration(), to: "tiny.yaml")
    let simulate = [
      "simulate", "--config", "tiny.yaml", "--sessions", "60", "--out", "sessions.jsonl",
      "--events", "events.jsonl",
    ]
    for arguments in [simulate, train(out: "run")] {
      let outcome = try Binary.run(arguments, in: scratch)
      guard outcome.status == 0 else { throw Failure(message: outcome.errors) }
    }
    return scratch
  }

  struct Failure: Error {
    var message: String
  }

  static func train(out: String, config: String = "tiny.yaml") -> [String] {
    // Models this small do not pass the gate.
    ["train", "--config", config, "--out", out, "--force"]
  }

  static let checkpoint = "run/checkpoints/best"
}
