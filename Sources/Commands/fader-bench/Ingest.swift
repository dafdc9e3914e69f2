import ArgumentParser
import Benchmarking
import EventIngest
import Foundation
import Sessions
import Worlds

struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "An event log of the feed world, joined into sessions: megabytes per second.")
  @OptionGroup var options: BenchOptions
  @Option(help: "Sessions whose events the log holds.")
  var sessions = 1000

  func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fader-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = folder.appendingPathComponent("events.jsonl").path
    let target = folder.appendingPathComponent("sessions.jsonl").path
    let megabytes = Double(try writeLog(log)) / 1e6

    var processorSeconds: [Double] = []
    let seconds = try median(max(3, options.rounds / 3), warmups: 1) {
      let before = clock()
      _ = try ingest(events: [log], to: target)
      processorSeconds.append(Double(clock() - before) / Double(CLOCKS_PER_SEC))
    }
    // All threads together, so it is the rate of one core however many take part.
    let perCore = megabytes / Statistics.median(processorSeconds)
    show(
      [
        ("mb_per_s", megabytes / seconds), ("mb_per_core_s", perCore), ("mb", megabytes),
        ("sessions_per_s", Double(sessions) / seconds),
      ], json: options.json)
  }

  /// - Returns: bytes written.
  private func writeLog(_ path: String) throws -> Int {
    let world = FeedWorld(FeedWorldConfiguration())
    var writer = try LineWriter(path: path)
    var bytes = 0
    for index in 0..<sessions {
      for line in world.eventLines(for: world.session(index)) {
        try writer.write(line)
        bytes += line.utf8.count + 1
      }
    }
    try writer.finish()
    return bytes
  }
}
