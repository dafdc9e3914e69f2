import ArgumentParser
import FeedPlanning
import Foundation
import JSON

/// `fader-bench plans`
struct Plans: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plans of mixed feeds: times of the exact plan, and what other methods lose.",
    discussion: """
      Milliseconds of processor time per feed, median and 99th percentile, of the best plan and of the \
      best --count plans. A loss is a share of what the exact plan adds to the list without inserts: \
      the mean, the worst, and the mean as a share of the whole value.
      """)

  @Option(help: "Feeds of each kind.")
  var instances = 1000
  @Option(help: "Slots of a list.")
  var slots = 20
  @Option(help: "Channels of inserts.")
  var channels = 3
  @Option(help: "At most one insert of a channel in so many slots.")
  var gap = 4
  @Option(help: "Plans of the second measurement.")
  var count = 50
  @Option(help: "Width of the beam.")
  var beam = 10
  @Option(help: "By how much an insert must beat the organic item for the threshold rule.")
  var threshold = 0.0
  @Option(help: "Seed of the feeds.")
  var seed: UInt64 = 1
  @Option(help: "Writes feeds of all kinds with our plans here, for data/peers/plans_highs.py.")
  var instancesOut: String?
  @Flag(help: "One JSON object instead of text.")
  var json = false

  func validate() throws {
    for (name, number) in [
      ("--instances", instances), ("--slots", slots - 1), ("--gap", gap), ("--count", count),
      ("--beam", beam), ("--channels", channels),
    ] where number < 1 {
      throw ValidationError("\(name): expected a number of at least \(name == "--slots" ? 2 : 1)")
    }
  }

  func run() throws {
    let feeds = PlanInstances(seed: seed, slots: slots, channels: channels, gap: gap)
    if let instancesOut { return try write(feeds, to: instancesOut) }
    // Every gap-th slot has an insert, of one channel after the other.
    let constant = Array(stride(from: gap - 1, to: slots, by: gap))
    let fixed = (0..<channels).map { c in
      constant.indices.filter { $0 % channels == c }.map { constant[$0] }
    }
    let rows = try PlanKind.all.map { kind in
      var row = PlanRow(kind, beam: beam, slots: fixed, threshold: threshold)
      for index in 0..<instances {
        try row.measure(feeds.problem(kind, index), count: count)
      }
      return row
    }
    if json {
      let members = rows.map { row in
        (
          key: row.kind.name,
          value: JSONValue.object(row.figures.map { (key: $0.name, value: .number($0.value)) })
        )
      }
      print(JSONValue.object(members).serialized() as String)
    } else {
      for row in rows {
        print(row.kind.name)
        show(row.figures.map { ("  " + $0.name, $0.value) }, json: false)
      }
    }
  }

  /// Half of the feeds have fixed slots or minima as well.
  private func write(_ feeds: PlanInstances, to path: String) throws {
    var lines = ""
    for kind in PlanKind.all {
      for index in 0..<instances {
        let problem = feeds.problem(kind, index, restricted: index % 2 == 1)
        let plan = try? FeedPlanner.plan(problem)
        lines += (PlanRecord.json(problem, plan, kind: kind.name).serialized() as String) + "\n"
      }
    }
    try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
  }
}
