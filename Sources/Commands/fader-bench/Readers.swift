import ArgumentParser
import Benchmarking
import EventIngest
import Features
import Foundation
import JSON
import Objectives
import RandomStreams
import Serving
import Sessions
import WorldTruth
import Worlds

/// `fader-bench readers`
struct Readers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The scanners of events and requests beside the general way of reading.",
    discussion: """
      Megabytes per second of each way, in turns on one thread, and their ratio; session files are \
      only read the general way. A scanner stays where it is more than 1.5 times as fast.
      """)
  @OptionGroup var options: BenchOptions
  @Option(help: "Sessions whose events, lines and requests are read.")
  var sessions = 500

  func run() throws {
    var feed = FeedWorldConfiguration()
    feed.candidates = options.candidates
    feed.listLength = options.length
    let world = FeedWorld(feed)
    let sessions = (0..<max(1, sessions)).map(world.session)
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fader-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let events = folder.appendingPathComponent("events.jsonl").path
    var log = try LineWriter(path: events)
    for session in sessions {
      for line in world.eventLines(for: session) { try log.write(line) }
    }
    try log.finish()
    let file = folder.appendingPathComponent("sessions.jsonl").path
    var writer = try SessionWriter(path: file)
    for session in sessions { try writer.write(session) }
    try writer.finish()
    let bodies: [[UInt8]] = sessions.map { Readers.body(of: $0.request).serialized() }
    var fitter = SchemaFitter(SchemaConfiguration())
    for session in sessions { fitter.add(session) }
    let schema = try fitter.fit(
      columns: try ObjectiveSet(FeedWorld.objectives).columns, feedback: ["click"])
    guard let scanner = RequestScanner(schema) else { throw LoadError.unusualBody }

    var figures = try measured("events", bytes: try size(events)) { scans in
      _ = try countEvents(in: [events], scans: scans)
    }
    figures += try measured("requests", bytes: bodies.reduce(0) { $0 + $1.count }) { scans in
      for body in bodies { _ = try RankRequest.read(body, scanner: scans ? scanner : nil) }
    }
    let seconds = try median(max(3, options.rounds)) {
      var reader = try SessionReader(path: file)
      while try reader.next() != nil {}
    }
    figures.append(("sessions_mb_per_s", Double(try size(file)) / 1e6 / seconds))
    show(figures, json: options.json)
  }

  private func size(_ path: String) throws -> Int {
    try Data(contentsOf: URL(fileURLWithPath: path)).count
  }

  private static func body(of request: Request) -> JSONValue {
    [
      "user": request.user.json, "context": request.context.json,
      "items": .array(request.candidates.map(\.json)), "size": 10,
    ]
  }

  /// In turns, so that both ways meet the same load of the machine.
  private func measured(
    _ name: String, bytes: Int, _ read: (_ scans: Bool) throws -> Void
  ) throws -> [(String, Double)] {
    var scanned: [Double] = []
    var plain: [Double] = []
    for round in 0...max(3, options.rounds) {
      for scans in [true, false] {
        let start = ContinuousClock.now
        try read(scans)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        if round > 0 { if scans { scanned.append(seconds) } else { plain.append(seconds) } }
      }
    }
    let megabytes = Double(bytes) / 1e6
    let (fast, slow) = (Statistics.median(scanned), Statistics.median(plain))
    return [
      ("\(name)_scanned_mb_per_s", megabytes / fast), ("\(name)_plain_mb_per_s", megabytes / slow),
      ("\(name)_ratio", slow / fast),
    ]
  }
}
