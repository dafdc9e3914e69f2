import DataSources
import Foundation
import NIOCore
import NIOPosix
import Objectives
import Sessions
import Statistics
import Training

/// The loop of one seed: train on a first log, serve, let users answer, train on.
struct LoopSeed {
  let options: Loop
  let seed: Int
  let configuration: RunConfiguration
  let fader: FaderProcess

  func run() throws -> LoopCurve {
    var curve = LoopCurve()
    let logs = try simulate()
    var sessions = [logs[0]]
    try train("first", from: nil, sessions: sessions, round: 0)
    var (loop, beside) = ("first", "first")
    for round in 0...options.rounds {
      curve.loop.append(try measured(loop))
      if options.beside != .none {
        curve.beside.append(round == 0 ? curve.loop[0] : try measured(beside))
      }
      StandardErrorLine.write(curve.note(seed: seed, round: round))
      guard round < options.rounds else { break }
      let served = try served(by: loop, round: round)
      curve.regret.append((curve.loop[round].reward.mean ?? 0) - (served.reward.mean ?? 0))
      sessions.append(served.sessions)
      try train("loop-\(round + 1)", from: loop, sessions: sessions, round: round + 1)
      switch options.beside {
      case .first:
        try train(
          "beside-\(round + 1)", from: beside, sessions: [logs[0]], round: round + 1,
          passes: sessions.count)
      case .logged:
        try train(
          "beside-\(round + 1)", from: beside, sessions: Array(logs[...(round + 1)]),
          round: round + 1)
      case .none: break
      }
      (loop, beside) = ("loop-\(round + 1)", "beside-\(round + 1)")
    }
    return curve
  }

  private var world: [String] {
    ["--config", options.configPath, "--set", "data.feed.exploration=\(options.exploration)"]
  }

  /// Logs of the first policy, one per round and one before them; and `held.jsonl`, sessions by the
  /// world's own policy that no model is trained on.
  private func simulate() throws -> [String] {
    let pieces = options.beside == .logged ? options.rounds + 1 : 1
    let count = pieces * options.sessions
    try fader.run(
      ["simulate", "--out", "log.jsonl", "--sessions", "\(count)"] + world, name: "simulate")
    let names = (0..<pieces).map { "log-\($0).jsonl" }
    try SessionLines.cut("log.jsonl", in: fader.folder, into: names, of: options.sessions)
    if options.attainable > 0 {
      let held = options.attainableRequests
      try fader.run(
        [
          "simulate", "--config", options.configPath, "--out", "all.jsonl", "--sessions",
          "\(count + held)",
        ], name: "simulate-held")
      try SessionLines.cut(
        "all.jsonl", in: fader.folder, from: count, into: ["held.jsonl"], of: held)
    }
    return names
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

  /// What a model's greedy lists truly earn, for requests that are the same in every round and that
  /// no model is trained on.
  private func measured(_ model: String) throws -> LoopCurve.Point {
    let reward = try visit(
      model, name: "worth-\(model)", requests: options.measured,
      first: 1_000_000_000, feedback: false)
    guard options.attainable > 0 else { return LoopCurve.Point(reward: reward) }
    let report = "attained-\(model)"
    try fader.run(
      [
        "evaluate", "--checkpoint", model, "--sessions", "held.jsonl", "--world",
        options.configPath, "--requests",
        "\(options.attainableRequests)", "--attainable", "\(options.attainable)", "--json",
      ], name: report)
    return try LoopCurve.Point(
      reward: reward, report: fader.folder.appendingPathComponent("\(report).out"))
  }

  /// Lets users answer single draws of the policy, or its best lists for a share of them.
  ///
  /// - Returns: the file with the sessions that the event log joins to, and what the lists truly
  ///   earned.
  private func served(by model: String, round: Int) throws -> (sessions: String, reward: Welford) {
    let log = "log-\(round)"
    try FileManager.default.createDirectory(
      at: fader.folder.appendingPathComponent(log), withIntermediateDirectories: true)
    let reward = try visit(
      model, serving: "log: {folder: \(log)}",
      name: "serve-\(model)", requests: options.sessions,
      first: 1_000_000 * seed + round * options.sessions, feedback: true)
    let sessions = "sessions-\(round).jsonl"
    try fader.run(["ingest"] + events(log) + ["--out", sessions], name: "ingest-\(round)")
    return (sessions, reward)
  }

  private func visit(
    _ model: String, serving: String = "strategy: greedy", name: String, requests: Int, first: Int,
    feedback: Bool
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
      if options.anyWeights {
        users.weightLaw = configuration.training.generator.weights
      } else {
        users.weights = options.weights.compactMap(Users.pair)
      }
      users.sendsFeedback = feedback
      users.drawn = feedback ? options.drawn : 0
      return try users.visit(requests: requests, first: first, block: requests).reward
    }
  }

  private func events(_ log: String) throws -> [String] {
    let folder = fader.folder.appendingPathComponent(log)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted().map { "\(log)/\($0)" }
  }
}

/// Cuts a session file into others, a session a line.
enum SessionLines {
  static func cut(
    _ file: String, in folder: URL, from first: Int = 0, into names: [String], of count: Int
  ) throws {
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n").dropFirst(first)
    for (index, name) in names.enumerated() {
      let part = lines.dropFirst(index * count).prefix(count).joined(separator: "\n") + "\n"
      try Data(part.utf8).write(to: folder.appendingPathComponent(name))
    }
  }
}

enum StandardErrorLine {
  static func write(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
