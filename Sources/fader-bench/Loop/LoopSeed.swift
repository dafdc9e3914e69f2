import Foundation
import Measures
import NIOPosix
import Objectives
import Sessions
import Training

/// The loop of one seed: train on a random policy's log, serve, let users answer, train on.
struct LoopSeed {
  let options: Loop
  let seed: Int
  let configuration: RunConfiguration
  let fader: FaderProcess

  /// True reward per round, round 0 by the model of the first log.
  struct Curve {
    /// Trained on what each round's users did.
    var loop: [Welford] = []
    /// As many steps, on the first log only.
    var still: [Welford] = []
  }

  func run() throws -> Curve {
    var curve = Curve()
    try train("first", from: nil, sessions: nil, round: 0)
    var (loop, still) = ("first", "first")
    for round in 0...options.rounds {
      let isLast = round == options.rounds
      let log = isLast ? nil : "log-\(round)"
      curve.loop.append(try visit(loop, round: round, log: log))
      let other = round == 0 ? curve.loop[0] : try visit(still, round: round, log: nil)
      curve.still.append(other)
      note(
        "round \(round): \(significant(curve.loop[round].mean ?? 0)), on the first log alone "
          + significant(other.mean ?? 0))
      guard let log else { break }
      let sessions = "sessions-\(round).jsonl"
      try fader.run(
        ["ingest"] + events(log) + ["--out", sessions], name: "ingest-\(round)")
      try train("loop-\(round + 1)", from: loop, sessions: sessions, round: round + 1)
      try train("still-\(round + 1)", from: still, sessions: nil, round: round + 1)
      (loop, still) = ("loop-\(round + 1)", "still-\(round + 1)")
    }
    return curve
  }

  private func train(
    _ name: String, from: String?, sessions: String?, round: Int
  ) throws {
    // Nearly uniform lists: the poorest policy that a first model can learn from.
    var arguments = [
      "train", "--config", options.configPath, "--out", name, "--seed", "\(1000 * seed + round)",
      "--set", "data.feed.exploration=1", "--set", "data.simulate=\(options.sessions)",
    ]
    for assignment in options.set { arguments += ["--set", assignment] }
    if let from { arguments += ["--from", from] }
    if let sessions { arguments += ["--sessions", sessions] }
    if options.force { arguments.append("--force") }
    try fader.run(arguments, name: "train-\(name)")
  }

  /// Serves single draws of the policy to the round's users.
  ///
  /// - Parameter log: folder for the event logs; nil when the users' answers are not wanted.
  private func visit(_ model: String, round: Int, log: String?) throws -> Welford {
    var serving = "version: 1\nserving:\n  strategy: {kind: sample, lists: 1}\n"
    if let log {
      serving += "  log: {folder: \(log)}\n"
      try FileManager.default.createDirectory(
        at: fader.folder.appendingPathComponent(log), withIntermediateDirectories: true)
    }
    let file = "serve-\(model).yaml"
    try Data(serving.utf8).write(to: fader.folder.appendingPathComponent(file))
    let arguments = ["--checkpoint", model, "--port", "0", "--config", file]
    return try fader.serve(arguments, name: "serve-\(model)") { address in
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      defer { try? group.syncShutdownGracefully() }
      let client = try ServiceClient(address, on: group.next())
      defer { client.close() }
      let objectives = try SimulatedUsers.objectives(
        try ObjectiveSet(configuration.objectives), of: client)
      guard let feed = configuration.data.feed else {
        throw UsersFault.noWorld(file: options.config)
      }
      var users = SimulatedUsers(
        feed, objectives: objectives, client: client, seed: UInt64(seed))
      users.weights = options.weights.compactMap(Users.pair)
      users.sendsFeedback = log != nil
      return try users.visit(
        requests: options.sessions, first: 1_000_000 * seed + round * options.sessions,
        block: options.sessions
      ).reward
    }
  }

  private func events(_ log: String) throws -> [String] {
    let folder = fader.folder.appendingPathComponent(log)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(log)/\($0)" }
  }

  private func note(_ text: String) {
    FileHandle.standardError.write(Data("seed \(seed), \(text)\n".utf8))
  }
}
