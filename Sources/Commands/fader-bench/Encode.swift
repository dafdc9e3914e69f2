import ArgumentParser
import Benchmarking
import Features
import Objectives
import Sessions
import WorldTruth
import Worlds

struct Encode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Requests of the feed world, from features to numbers, on one thread.")
  @OptionGroup var options: BenchOptions
  @Option(help: "Sessions that the schema is fitted on and that are encoded.")
  var sessions = 500

  func run() throws {
    var feed = FeedWorldConfiguration()
    feed.candidates = options.candidates
    feed.listLength = options.length
    let world = FeedWorld(feed)
    let sessions = (0..<max(1, sessions)).map(world.session)
    var fitter = SchemaFitter(.feed)
    for session in sessions { fitter.add(session) }
    let schema = try fitter.fit(
      columns: try ObjectiveSet(FeedWorld.objectives).columns, feedback: ["click"])
    let seconds = median(options.rounds) {
      for session in sessions { _ = schema.encode(session.request) }
    }
    let items = sessions.reduce(0) { $0 + $1.request.candidates.count }
    show(
      [
        ("requests_per_s", Double(sessions.count) / seconds),
        ("items_per_s", Double(items) / seconds),
        ("request_us", seconds * 1e6 / Double(sessions.count)), ("workers", 1),
      ], json: options.json)
  }
}

extension SchemaConfiguration {
  /// As in the feed world's configuration file.
  fileprivate static var feed: SchemaConfiguration {
    var schema = SchemaConfiguration()
    schema.item.exclude = ["priority"]
    for field in ["price", "viewers"] {
      var configuration = FieldConfiguration()
      configuration.log = true
      schema.item.fields[field] = configuration
    }
    schema.augment.rank = ["score"]
    schema.augment.share = ["shop"]
    return schema
  }
}
