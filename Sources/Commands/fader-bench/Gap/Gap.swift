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
      same requests: well below 1 its form cannot express them. --truth takes the world's truth in \
      place of the evaluators, and --steps trains a new generator on it: what can be learned from \
      rewards without error.
      """)

  @Option(help: "Folder of a checkpoint.") var checkpoint: String
  @Option(help: "Held-out requests.") var requests = 16
  @Option(help: "Lists that the search may score for each request and weighting.")
  var budget = 3000
  @Option(help: "Steps of imitating the best lists before looking again.") var overfit = 0
  @Option(help: "Learning rate of these steps.") var rate = 0.002
  @Flag(help: "Ask the world's truth in place of the evaluators.") var truth = false
  @Option(help: "Steps of training a new generator first; 0 takes the checkpoint's.") var steps = 0
  @Option(help: "Sessions to train it on.") var sessions = 20_000
  @Option(help: "Threads.") var workers = 2

  func validate() throws {
    for (name, count) in [("--requests", requests), ("--budget", budget), ("--workers", workers)]
    where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
    for (name, count) in [("--overfit", overfit), ("--steps", steps)] where count < 0 {
      throw ValidationError("\(name): expected at least 0, got \(count)")
    }
  }

  func run() throws {
    let reader = try CheckpointReader(path: checkpoint)
    let schema = try reader.section("schema", as: FittedSchema.self)
    let objectives = try reader.section("objectives", as: ObjectiveSet.self)
    var model = try Generator(reader, layout: schema.layout, objectives: objectives)
    let source = try SessionSource(try reader.section("data", as: DataConfiguration.self))
    let held = try source.sessions(of: .test, limit: requests)
    let training = steps > 0 ? try source.sessions(of: .train, limit: sessions) : []
    var utilities = UtilityModel(
      evaluators: try EvaluatorEnsemble(reader, layout: schema.layout), objectives: objectives)
    let encoded = (held + training).map { schema.encode($0) }
    if truth {
      guard let world = source.world else {
        throw ValidationError("--truth: expected a checkpoint trained in a simulated world")
      }
      utilities.law = encoded.truth(of: held + training, in: world, objectives)
    }
    let workers = Workers(workers)
    let measurement = GapMeasurement(
      sessions: Array(encoded.prefix(held.count)),
      probes: Probes.standard(count: objectives.count), utilities: utilities, budget: budget,
      workers: workers)
    if steps > 0 {
      model = Generator.trained(
        model.configuration, on: Array(encoded.dropFirst(held.count)), utilities, schema.layout,
        try reader.section("training", as: TrainingConfiguration.self).generator, steps: steps,
        workers: workers)
    }
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
