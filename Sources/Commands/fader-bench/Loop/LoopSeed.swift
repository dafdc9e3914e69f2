import DataSources
import Foundation
import NIOCore
import NIOPosix
import Objectives
import Sessions
import Statistics
import Training

/// The loop of one seed: train on a random policy's log, serve, let users answer, train on.
struct LoopSeed {
  let options: Loop
  let seed: Int
  let configuration: RunConfiguration
  let fader: FaderProcess

  /// True reward per round, round 0 by the model of the first log.
  struct Curve {
    /// Trained on the first log and on what the users of all rounds so far did.
    var loop: [Welford] = []
    /// As many steps, on the first log alone.
    var still: [Welford] = []
  }

  func run() throws -> Curve {
    var curve = Curve()
    var sessions = ["first.jsonl"]
    try fader.run(
      ["simulate", "--out", sessions[0], "--sessions", "\(options.sessions)"] + world,
      name: "simulate")
    try train("first", from: nil, sessions: sessions, round: 0)
    var (loop, still) = ("first", "first")
    for round in 0...options.rounds {
      curve.loop.append(try worth(of: loop))
      curve.still.append(round == 0 ? curve.loop[0] : try worth(of: still))
      note(round, curve)
      guard round < options.rounds else { break }
      sessions.append(try served(by: loop, round: round))
      try train("loop-\(round + 1)", from: loop, sessions: sessions, round: round + 1)
      try train(
        "still-\(round + 1)", from: still, sessions: [sessions[0]], round: round + 1,
        passes: sessions.count)
      (loop, still) = ("loop-\(round + 1)", "still-\(round + 1)")
    }
    return curve
  }

  /// Nearly uniform lists: the poorest policy that a first model can learn from.
  private var world: [String] {
    ["--config", options.configPath, "--set", "data.feed.exploration=1"]
  }

  /// - Parameter passes: over the sessions, as a multiple of the configured ones.
  private func train(
    _ name: String, from: String?, sessions: [String], round: Int, passes: Int = 1
  ) throws {
    var arguments = ["train", "--out", name, "--seed", "\(1000 * seed + round)"] + world
    for assignment in options.set { arguments += ["--set", assignment] }
    arguments += ["--sessions"] + sessions
    if let from {
      let epochs = (configuration.training.warmStart ?? WarmStart()).epochs * passes
      arguments += ["--from", from, "--set", "training.warm_start.epochs=\(epochs)"]
    }
    if options.force { arguments.append("--force") }
    try fader.run(arguments, name: "train-\(name)")
  }

  /// True reward of a model's greedy lists for requests that are the same in every round and that
  /// no model is trained on.
  private func worth(of model: String) throws -> Welford {
    try visit(
      model, serving: "strategy: greedy", name: "worth-\(model)", requests: options.measured,
      first: 1_000_000_000, feedback: false)
  }

  /// Lets users answer single draws of the policy.
  ///
  /// - Returns: the file with the sessions that the event log joins to.
  private func served(by model: String, round: Int) throws -> String {
    let log = "log-\(round)"
    try FileManager.default.createDirectory(
      at: fader.folder.appendingPathComponent(log), withIntermediateDirectories: true)
    _ = try visit(
      model, serving: "strategy: {kind: sample, lists: 1}\n  log: {folder: \(log)}",
      name: "serve-\(model)", requests: options.sessions,
      first: 1_000_000 * seed + round * options.sessions, feedback: true)
    let sessions = "sessions-\(round).jsonl"
    try fader.run(["ingest"] + events(log) + ["--out", sessions], name: "ingest-\(round)")
    return sessions
  }

  private func visit(
    _ model: String, serving: String, name: String, requests: Int, first: Int, feedback: Bool
  ) throws -> Welford {
    let file = "\(name).yaml"
    // Nobody balances load here, so a stop need not wait for that; and a busy machine must not
    // turn lists of the model into fallbacks.
    let fixed = "drain_seconds: 0\n  deadline_ms: 60000"
    try Data("version: 1\nserving:\n  \(fixed)\n  \(serving)\n".utf8)
      .write(to: fader.folder.appendingPathComponent(file))
    let arguments = ["--checkpoint", model, "--port", "0", "--config", file]
    return try fader.serve(arguments, name: name) { address in
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      defer { try? group.syncShutdownGracefully() }
      let client = try ServiceClient(address, on: group.next())
      defer { client.close() }
      guard let feed = configuration.data.feed else {
        throw UsersError.noWorld(file: options.config)
      }
      // The configuration's scales: measured ones differ from seed to seed.
      var users = SimulatedUsers(
        feed, objectives: try ObjectiveSet(configuration.objectives), client: client,
        seed: UInt64(seed))
      users.weights = options.weights.compactMap(Users.pair)
      users.sendsFeedback = feedback
      return try users.visit(requests: requests, first: first, block: requests).reward
    }
  }

  private func events(_ log: String) throws -> [String] {
    let folder = fader.folder.appendingPathComponent(log)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(log)/\($0)" }
  }

  private func note(_ round: Int, _ curve: Curve) {
    let worth = [curve.loop, curve.still].map { significant($0[round].mean ?? 0) }
    FileHandle.standardError.write(
      Data("seed \(seed), round \(round): \(worth[0]), first log only \(worth[1])\n".utf8))
  }
}
