import ArgumentParser
import Foundation
import JSON
import Sessions
import Training

/// `fader-bench loop`
struct Loop: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The closed loop in a world: train, serve, let users answer, ingest, train on.",
    discussion: """
      The first model learns from the log of a first policy. Each round serves single draws of the policy to \
      as many users, ingests the event log and goes on from the last checkpoint with all sessions so far. \
      Beside it stand models that train on with logs of the first policy alone. The means are true rewards of \
      greedy lists for requests that are the same in every round, under the configuration's scales (1 where it \
      gives none). The regret of a round is what its served lists earn less than greedy ones.

      Example: fader-bench loop --config configs/feed-small.yaml --out LOOP --sessions 3000 --rounds 3 \
      --weights any --beside logged --attainable 16 --force
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
  @Option(
    parsing: .upToNextOption,
    help: "Weights in every request, as in click=1; or any, for those that training draws.")
  var weights = ["click=1"]
  @Option(help: "Override one value of the configuration in every training.")
  var set: [String] = []
  @Option(help: "Noise of the first policy, as in data.feed.exploration; 1 is nearly random.")
  var exploration = 1.0
  @Option(help: "Share of the users who get single draws; the others get greedy lists.")
  var drawn = 1.0
  @Option(
    help: """
      What the models beside the loop train on: first is the first log again, for as many steps; logged is as \
      many new sessions of the first policy; none trains no such models.
      """)
  var beside = Beside.first
  @Option(
    help:
      "Requests for which the best list by the truth is searched, to say what is attained; 0 for none."
  )
  var attainable = 0
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
    if attainable < 0 {
      throw ValidationError("--attainable: expected at least 0, got \(attainable)")
    }
    for (name, value) in [("--exploration", exploration), ("--drawn", drawn)]
    where !(0...1).contains(value) {
      throw ValidationError("\(name): expected 0 to 1, got \(value)")
    }
    for text in weights where !anyWeights && Users.pair(text) == nil {
      throw ValidationError("--weights: expected NAME=NUMBER from 0 on, got \(text)")
    }
  }

  enum Beside: String, ExpressibleByArgument, CaseIterable {
    case first, logged, none
  }

  var anyWeights: Bool { weights == ["any"] }
  /// Held-out requests of each report; more than are searched, for its other figures.
  var attainableRequests: Int { 4 * attainable }

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
    let object: JSONValue = ["seeds": .array(curves.map(\.json))]
    print(json ? object.serialized() as String : LoopCurve.table(curves))
  }
}
