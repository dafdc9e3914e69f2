import ArgumentParser
import Checkpoints
import DataSources
import JSON
import ListPolicy
import Sessions
import Statistics
import Tensors
import Worlds

/// `fader-bench phone`
struct Phone: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What deciding again after every item earns, beside one list for a whole page.",
    discussion: """
      Simulated users watch a feed one item after the other, answer to each and leave on their way down; \
      they come back for the next page of their visit. The same users with the same luck meet each \
      policy: the upstream score's order, one list for a page (greedy and by a beam), and a new \
      decision after every item. Figures are views and likes that the world expects, per page. The world \
      is that of the checkpoint, which must have been trained in data.feed with survival.

      Example: fader-bench phone --checkpoint runs/screen/checkpoints/best --visits 400
      """)

  @Option(help: "Folder of a checkpoint of the family screen; may be given several times.")
  var checkpoint: [String]
  @Option(help: "Visits, of users behind the sessions that were trained on.")
  var visits = 300
  @Option(help: "Weights by objective, as in view=1,like=1; by default all alike.")
  var weights: String?
  @Option(help: "Width of the beams.")
  var width = 4
  @Option(help: "Seed of what the users do.")
  var seed: UInt64 = 1
  @Option(help: "Threads.")
  var workers = 2
  @Flag(help: "One JSON object instead of tables.")
  var json = false

  func validate() throws {
    for (name, count) in [("--visits", visits), ("--width", width), ("--workers", workers)]
    where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
  }

  func run() throws {
    var results: [JSONValue] = []
    for path in checkpoint {
      let model = try ScreenCheckpoint(path)
      let data = try model.reader.section("data", as: DataConfiguration.self)
      guard let feed = data.feed, feed.survival, feed.contrast == 0, feed.kindContrast == 0 else {
        throw ValidationError(
          "--checkpoint: expected one trained in data.feed with survival: true, contrast: 0 and "
            + "kind_contrast: 0, got \(path); see configs/screen.yaml")
      }
      let world = FeedWorld(feed)
      let pages = feed.interestDrift > 0 ? feed.visitPages : 1
      let visit = PhoneVisit(
        world: world, model: model, weights: try model.weights(weights), width: width, seed: seed)
      let first = data.simulate / pages + 1
      let policies = PhonePolicy.allCases
      let found = Workers(workers).map(visits * policies.count) { task in
        visit.places(policies[task % policies.count], visit: first + task / policies.count)
      }
      let report = PhoneReport(
        model: path, pages: pages, length: feed.listLength,
        places: policies.indices.map { p in
          (0..<visits).map { found[$0 * policies.count + p] }
        })
      if json { results.append(report.json) } else { print(report.text) }
    }
    if json { print(JSONValue.array(results).serialized() as String) }
  }
}
