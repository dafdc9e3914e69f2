import ArgumentParser
import DataSources
import Sessions
import Training
import Worlds

/// `fader simulate`
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write sessions of a simulated world, and the events that they came from.",
    discussion: """
      The world is the one in the section data of a configuration: data.feed or data.latent. Sessions are what training \
      reads; events are what a live system would have logged.

      Example:
        fader simulate --config configs/feed.yaml --sessions 10000 --out sessions.jsonl.gz
      """)

  @Option(help: "Configuration file with the world in data.feed or data.latent.")
  var config: String
  @Option(help: "How many sessions.")
  var sessions: Int
  @Option(help: "Session file to write, gzip when it ends in .gz.")
  var out: String
  @Option(help: "Event log to write, gzip when it ends in .gz.")
  var events: String?
  @Option(help: "Override one value of the configuration, as in data.feed.seed=2.")
  var set: [String] = []

  func validate() throws {
    if sessions < 1 {
      throw ValidationError("--sessions: expected at least 1, got \(sessions)")
    }
    try requirePath(out, of: "--out")
    try requirePath(events, of: "--events")
    for (path, option) in [(out, "--out"), (events, "--events")] {
      if let path, isSameFile(config, path) {
        throw ValidationError("\(option): expected another file than --config, got \(path)")
      }
    }
    if let events, isSameFile(out, events) {
      throw ValidationError("--events: expected another file than --out, got \(events)")
    }
  }

  func run() throws {
    guard let world = try RunConfiguration.read(config, overrides: set).data.makeWorld() else {
      throw CommandError.unfitConfiguration(
        "\(config): expected a world to simulate in data.feed or data.latent, got none; add "
          + "data: {feed: {}}")
    }
    var writer = try SessionWriter(path: out)
    var log = try events.map { try EventLogFile(path: $0) }
    var progress = ProgressLine.standardError(
      label: "simulate", total: sessions, unit: "sessions")
    for index in 0..<sessions {
      let session = world.session(index)
      try writer.write(session)
      try log?.write(world.eventLines(for: session))
      progress.update(index + 1)
    }
    try writer.finish()
    try log?.finish()
    progress.finish()
    try StandardOutput.write("\(sessions) sessions in \(out)\n")
    if let events { try StandardOutput.write("\(log?.count ?? 0) events in \(events)\n") }
  }
}

/// An event log being written.
private struct EventLogFile: ~Copyable {
  private var lines: LineWriter
  private(set) var count = 0

  init(path: String) throws(FileError) {
    lines = try LineWriter(path: path)
  }

  mutating func write(_ events: [String]) throws(FileError) {
    for event in events { try lines.write(event) }
    count += events.count
  }

  mutating func finish() throws(FileError) {
    try lines.finish()
  }
}
