import ArgumentParser
import Foundation
import JSON
import Sessions
import Statistics
import Training

/// `fader-bench loop`
struct Loop: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The closed loop in a world: train, serve, let users answer, ingest, train on.",
    discussion: """
      The first model learns from the log of a nearly random policy. Each round serves single draws of the \
      policy to as many users, ingests the event log and goes on from the last checkpoint with all sessions so \
      far. Beside it stand models that train on for as many steps with the first log alone. The means are true \
      rewards of greedy lists for requests that are the same in every round, under the configuration's scales \
      (1 where it gives none).
      """)

  @Option(help: "Configuration with the world in data.feed and a section training.warm_start.")
  var config: String
  @Option(help: "Folder to make, for everything that is left behind.")
  var out: String
  @Option(help: "The fader program. (default: the one beside this)")
  var fader: String?
  @Option(help: "Sessions of the first log, and requests of each round.")
  var sessions = 5000
  @Option(help: "Requests that every model is measured on.")
  var measured = 2000
  @Option(help: "Rounds of new sessions.")
  var rounds = 3
  @Option(help: "Seeds, each a loop of its own.")
  var seeds = 3
  @Option(parsing: .upToNextOption, help: "Weights in every request, as in click=1.")
  var weights = ["click=1"]
  @Option(help: "Override one value of the configuration in every training.")
  var set: [String] = []
  @Flag(help: "Train on although evaluators do not meet the quality gate.")
  var force = false
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func validate() throws {
    let counts = [
      ("--sessions", sessions), ("--measured", measured), ("--rounds", rounds), ("--seeds", seeds),
    ]
    for (name, value) in counts where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value)")
    }
    for text in weights where Users.pair(text) == nil {
      throw ValidationError("--weights: expected NAME=NUMBER from 0 on, got \(text)")
    }
  }

  /// Absolute, since the programs run in folders of their own.
  var configPath: String { URL(fileURLWithPath: config).path }

  func run() throws {
    let configuration = try RunConfiguration(path: config, overrides: set)
    let beside = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let program =
      fader.map { URL(fileURLWithPath: $0) }
      ?? beside.deletingLastPathComponent().appendingPathComponent("fader")
    let root = URL(fileURLWithPath: out)
    guard !FileManager.default.fileExists(atPath: root.path) else {
      throw LoopError.used(folder: out)
    }
    let curves = try (1...seeds).map { seed in
      let folder = root.appendingPathComponent("seed-\(seed)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      return try LoopSeed(
        options: self, seed: seed, configuration: configuration,
        fader: FaderProcess(program: program, folder: folder)
      ).run()
    }
    print(json ? Self.json(curves).serialized() as String : Self.table(curves))
  }

  private static func json(_ curves: [LoopSeed.Curve]) -> JSONValue {
    let points = { (values: [Welford]) in JSONValue.array(values.map(UsersBlock.estimate)) }
    return [
      "seeds": .array(
        curves.map { ["loop": points($0.loop), "first_log_only": points($0.still)] })
    ]
  }

  /// Mean over the seeds and their standard deviation, a Markdown row per round.
  private static func table(_ curves: [LoopSeed.Curve]) -> String {
    let rounds = curves.first?.loop.indices ?? 0..<0
    func cell(_ values: [Double]) -> String {
      var over = Welford()
      for value in values { over.add(value) }
      return "\(significant(over.mean ?? 0)) +- "
        + significant((over.sampleVariance ?? 0).squareRoot())
    }
    let rows = rounds.map { round -> String in
      let loop = curves.map { $0.loop[round].mean ?? 0 }
      let still = curves.map { $0.still[round].mean ?? 0 }
      let gain = zip(loop, still).map { $0 - $1 }
      return "| \(round) | \(cell(loop)) | \(cell(still)) | \(cell(gain)) |"
    }
    return
      (["| round | served lists | first log only | difference |", "|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }
}
