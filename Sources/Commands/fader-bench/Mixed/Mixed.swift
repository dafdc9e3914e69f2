import ArgumentParser
import DataSources
import EvaluatorModel
import Features
import ListPolicy
import MixedFeed
import Objectives
import ScreenModel
import Sessions
import Statistics
import Tensors
import Worlds

/// `fader-bench mixed`
struct Mixed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What ways to mix a feed truly earn, in the world that a checkpoint was trained in.",
    discussion: """
      Each method gets the same requests and the same limits of the channels. The reward is that of the \
      true expected utilities under equal weights; what is put beside it is the difference from the \
      exact plan with its standard error over requests. Several checkpoints of the family mixed are \
      several networks: their log loss on held-out sessions comes first.

      Example: fader-bench mixed --checkpoint runs/mixed/checkpoints/best --requests 500
      """)

  @Option(help: "Folder of a checkpoint of the family mixed; may be given several times.")
  var checkpoint: [String]
  @Option(help: "Folder of a checkpoint of another family, which mixes under list rules alone.")
  var other: String?
  @Option(help: "Held-out requests.") var requests = 300
  @Option(help: "Places, from 1, of the method with fixed places.")
  var places: [Int] = [3, 5, 7, 9, 11, 13, 15, 17, 19]
  @Option(help: "Threads.") var workers = 2
  @Flag(help: "Only the log losses and the configured method of each checkpoint.") var brief = false
  @Option(
    help: "In place of all that: requests of traffic under controllers of the channels' shares.")
  var traffic = 0
  @Option(help: "Share of the views that each controller holds; with --traffic.") var share = 0.12

  func run() throws {
    let models = try checkpoint.map { try MixedCheckpoint($0) }
    guard let first = models.first else { return }
    let source = try SessionSource(first.data)
    guard let world = source.world else {
      throw MixedBenchError(
        description: "\(first.path): expected a checkpoint that was trained in a simulated world")
    }
    if traffic > 0 {
      return try MixedTraffic(
        policy: try first.planner(), schema: first.schema, world: world, requests: traffic,
        target: share, workers: Workers(workers)
      ).run()
    }
    let sessions = try source.sessions(of: .test, limit: requests)
    for model in models {
      print("\(model.path)")
      try losses(model, sessions)
      try methods(model, sessions, world)
    }
  }

  private func losses(_ model: MixedCheckpoint, _ sessions: [Session]) throws {
    let policy = try model.planner()
    let encoded = sessions.map { model.schema.encode($0) }
    for (h, head) in policy.ranker.heads.enumerated() where head.kind == .binary {
      let network = policy.ranker.predictions(encoded).map { $0.map { Double($0[h]) } }
      let batch = RequestBatch(encoded.map(\.request))
      let expected = model.evaluators.predict(
        batch,
        ListBatch(
          requests: Array(sessions.indices), lists: encoded.map { $0.shown.map { Int($0) } }),
        pessimism: 0
      ).map { $0[h].map(Double.init) }
      for (name, predicted) in [("network", network), ("evaluators", expected)] {
        let loss = MixedLoss(
          sessions, kind: head.feedback, channels: policy.channels, predicted: predicted)
        print(
          "  \(head.feedback), \(name): log loss of inserts \(loss.inserts.map { fine($0) } ?? "–"), "
            + "of all \(loss.all.map { fine($0) } ?? "–")")
      }
    }
  }

  private func methods(
    _ model: MixedCheckpoint, _ sessions: [Session], _ world: any World
  ) throws {
    let policy = try model.planner()
    let count = model.objectives.count
    let weights = [Float](repeating: 1 / Float(count), count: count)
    let measurement = MixedMeasurement(
      world: world, objectives: model.objectives, weights: weights, channels: policy.channels,
      sessions: sessions, encoded: sessions.map { model.schema.encode($0.request) },
      workers: Workers(workers))
    var methods = MixedMethod.all(
      policy, weights: weights, length: world.listLength, places: places,
      generator: try other.map { try MixedCheckpoint($0) })
    if brief {
      methods = methods.filter {
        $0.name == "exact plan" || $0.name.hasSuffix("network as referee")
      }
    }
    let figures = methods.map { measurement.figures($0) }
    let yardstick = zip(methods, figures).first { $0.0.name == "exact plan" }?.1.rewards ?? []
    let names = model.objectives.names.joined(separator: ", ")
    print("  | method | true reward | beside the exact plan | \(names) | inserts | broken | ms |")
    print("  |---|---|---|---|---|---|---|")
    for (method, figures) in zip(methods, figures) {
      let differences = zip(figures.rewards, yardstick).map { $0 - $1 }
      let utilities = model.objectives.names.indices.map { k in
        significant(figures.utilities.map { $0[k] }.meanValue)
      }
      let inserts = policy.channels.indices.map { c in
        significant(figures.inserts.map { Double($0[c]) }.meanValue)
      }
      let median = figures.times.sorted()[figures.times.count / 2]
      print(
        "  | \(method.name) | \(fine(figures.rewards.meanValue)) | "
          + "\(fine(differences.meanValue)) ±\(fine(differences.standardError)) | "
          + "\(utilities.joined(separator: ", ")) | \(inserts.joined(separator: " ")) | "
          + "\(figures.violations) | \(significant(median)) |")
    }
  }
}
