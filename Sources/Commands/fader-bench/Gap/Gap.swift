import ArgumentParser
import Checkpoints
import DataSources
import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Objectives
import Sessions
import Tensors
import Training

/// What a generator leaves of what its own evaluators would give, and whether it could do better.
struct Gap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a generator attains in its evaluators' eyes, and where the rest is.",
    discussion: """
      For each held-out request and weighting the list is compared with the best that a search \
      finds: the list as it is, the best order of its own items, and climbs from it that may score \
      some lists. Figures are shares of the best list's gain over the logged list. --overfit \
      trains the generator on nothing but these best lists and says what it then attains on the \
      same requests: well below 1 its form cannot express them.
      """)

  @Option(help: "Folder of a checkpoint.") var checkpoint: String
  @Option(help: "Held-out requests.") var requests = 16
  @Option(help: "Lists that the search may score for each request and weighting.")
  var budget = 3000
  @Option(help: "Steps of imitating the best lists before looking again.") var overfit = 0
  @Option(help: "Learning rate of these steps.") var rate = 0.002
  @Option(help: "Threads.") var workers = 2

  func validate() throws {
    for (name, count) in [("--requests", requests), ("--budget", budget), ("--workers", workers)]
    where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
    if overfit < 0 {
      throw ValidationError("--overfit: expected at least 0, got \(overfit)")
    }
  }

  func run() throws {
    let reader = try CheckpointReader(path: checkpoint)
    let schema = try reader.section("schema", as: FittedSchema.self)
    let objectives = try reader.section("objectives", as: ObjectiveSet.self)
    let model = try Generator(reader, layout: schema.layout, objectives: objectives)
    let evaluators = try EvaluatorEnsemble(reader, layout: schema.layout)
    let source = try SessionSource(try reader.section("data", as: DataConfiguration.self))
    let measurement = GapMeasurement(
      sessions: try source.sessions(of: .test, limit: requests).map { schema.encode($0) },
      probes: Probes.standard(count: objectives.count),
      utilities: UtilityModel(evaluators: evaluators, objectives: objectives), budget: budget,
      workers: Workers(workers))
    let best = measurement.best(model)
    show("as trained", measurement, measurement.columns(of: model), best)
    if overfit > 0 {
      let fitted = measurement.overfitted(model, to: best, steps: overfit, rate: rate)
      show("overfitted", measurement, [("list", measurement.lists(fitted))], best)
    }
  }

  private func show(
    _ name: String, _ measurement: GapMeasurement, _ columns: [(name: String, lists: [[[Int]]])],
    _ best: [[[Int]]]
  ) {
    print("\(name): w, then", columns.map(\.name).joined(separator: ", "))
    let shares = measurement.shares(of: columns.map(\.lists), best)
    for (w, row) in zip(measurement.probes, shares) {
      let weights = w.map { significant(Double($0)) }.joined(separator: " ")
      print("  \(weights):", row.map { significant($0) }.joined(separator: "  "))
    }
    let means = columns.indices.map { c in
      shares.reduce(0) { $0 + $1[c] / Double(shares.count) }
    }
    print("  mean:", means.map { significant($0) }.joined(separator: "  "))
  }
}
