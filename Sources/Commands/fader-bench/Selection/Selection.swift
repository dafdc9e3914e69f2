import ArgumentParser
import CandidateSelection
import RandomStreams
import Sessions

/// What cutting 200 candidates to 50 takes and costs.
struct Selection: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Cutting candidates before the re-ranker: time by method, greedy against exact, regret.",
    discussion: """
      Without options: the time of each method on one thread, and on made-up instances how often and by how \
      much the greedy selection under the same quotas falls short of the exact one. --regret instead says what \
      a cut costs: for each weighting, how much less the best list of the cut is worth than the best of all \
      candidates, and what the lists of a trained policy lose, both by the world's truth.
      """)

  @OptionGroup var options: BenchOptions
  @Option(help: "Candidates that there are.") var from = 200
  @Option(help: "Candidates that are kept.") var keep = 50
  @Flag(help: "Measure what the cut costs the re-ranker.") var regret = false
  @Option(help: "A checkpoint that was trained in the world feed; with --regret.")
  var checkpoint = "checkpoints/quickstart"
  @Flag(help: "With --regret: lists by the upstream score in place of a policy's.")
  var withoutPolicy = false
  @Option(help: "Requests per seed; with --regret.") var requests = 40
  @Option(parsing: .upToNextOption, help: "Seeds of the world; with --regret.")
  var seeds: [UInt64] = [7, 8, 9]
  @Option(help: "Lists that a search may score for each request and weighting; with --regret.")
  var budget = 2000

  func validate() throws {
    guard keep >= 1, from > keep else {
      throw ValidationError("--keep: expected 1 to below --from (\(from)), got \(keep)")
    }
    for (name, count) in [("--requests", requests), ("--budget", budget), ("--seeds", seeds.count)]
    where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
  }

  func run() throws {
    if regret {
      let measurement = try RegretMeasurement(
        checkpoint: checkpoint, hasPolicy: !withoutPolicy, from: from, keep: keep,
        requests: requests, budget: budget)
      let results = seeds.map { measurement.run(seed: $0, workers: options.workers) }
      RegretReport(
        names: measurement.cuts.map(\.name), weightings: measurement.weightings.map(\.name),
        own: withoutPolicy ? "list by the upstream score" : "policy's list", results
      ).show()
      return
    }
    var figures: Figures = []
    for method in SelectionMethod.allCases {
      figures.append(("\(method.rawValue)_us", 1e6 * time(method)))
    }
    figures.append(("greedy_us", 1e6 * greedyTime()))
    for (name, floors) in [("caps", false), ("caps_and_floors", true)] {
      for (size, count, kept) in [("small", 12, 6), ("full", from, keep)] {
        let loss = GreedyLoss(instances: 1000, count: count, keep: kept, hasFloors: floors)
        figures += loss.figures.map { ("\(size)_\(name)_\($0.name)", $0.value) }
      }
    }
    show(figures, json: options.json)
  }

  /// Median seconds of one selection of made-up candidates, without reading their features.
  private func time(_ method: SelectionMethod) -> Double {
    var configuration = SelectionConfiguration()
    configuration.keep = keep
    configuration.by = "score"
    configuration.method = method
    if method == .quotas {
      configuration.quotas = [
        SelectionQuota(group: "type", capShare: 0.4, floorShare: 0.04),
        SelectionQuota(group: "seller", cap: 3),
      ]
    } else if method != .top {
      configuration.alike = ["type", "seller"]
    }
    let selector = CandidateSelector(configuration)
    let inputs = instances.map { instance in
      selector.columns.map { column in
        switch column.feature {
        case "score": instance.scores.map { Float($0) }
        case "type": instance.left.groups.map { Float($0) }
        default: instance.right.groups.map { Float($0) }
        }
      }
    }
    var round = 0
    return median(max(200, options.rounds), warmups: 20) {
      let kept = selector.selection(inputs[round % inputs.count], candidates: from).kept
      precondition(kept.count == keep)
      round += 1
    }
  }

  /// Made before the clock starts.
  private var instances: [QuotaInstance] {
    (0..<50).map { QuotaInstance(count: from, keep: keep, hasFloors: true, number: $0) }
  }

  private func greedyTime() -> Double {
    let instances = instances
    var round = 0
    return median(max(200, options.rounds), warmups: 20) {
      precondition(instances[round % instances.count].greedy.count == keep)
      round += 1
    }
  }
}
