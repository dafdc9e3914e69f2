import Baselines
import Features
import GeneratorModel
import ListPolicy
import Objectives
import OfflineEvaluation
import PointwiseModel
import Tensors
import Training

/// The methods that are about generators, whatever family Fader is of.
extension SeedRun {
  /// The generator's architecture, taught the pointwise ranker's steered lists.
  func supervisedPointer(
    _ pointwise: PointwiseRanker, _ referees: ListReferees
  ) throws -> MethodEntry {
    note("seed \(seed): fitting the supervised pointer network")
    var settings = SupervisedPointerConfiguration()
    settings.generator = configuration.generator
    return MethodEntry(
      name: "supervised pointer", about: "imitates the pointwise ranker's steered lists",
      steered: true,
      method: try SupervisedPointer.fit(
        data.train, layout: referees.schema.layout, objectives: referees.objectives,
        teacher: pointwise, configuration: settings, seed: seed, workers: workers))
  }

  /// What a generator is compared with among its own kind; nothing where Fader is of another family.
  func generatorMethods(
    _ fader: any ListPolicy, _ referees: ListReferees, _ probes: ProbeSet
  ) throws -> [MethodEntry] {
    guard let fader = fader as? Generator else { return [] }
    return [
      MethodEntry(
        name: "w as input", about: "the generator with w as a plain input", steered: true,
        method: PolicyLists(try trainWithInput(), weights: probes.weights)),
      MethodEntry(
        name: "interpolation", about: "parameters of single-objective generators, mixed by w",
        steered: true, method: try interpolation(fader, referees, probes)),
    ]
  }

  /// Trains the generator that gets w as an input, against the same evaluators.
  private func trainWithInput() throws -> any ListPolicy {
    var other = configuration
    other.generator.conditioning = .input
    return try policy(try train(other, name: "input", evaluatorsOf: "fader"))
  }

  private func interpolation(
    _ fader: Generator, _ referees: ListReferees, _ probes: ProbeSet
  ) throws -> any ListMethod {
    note("seed \(seed): training single-objective generators")
    let refinement = refinement(referees)
    let start = try refinement.imitator(fader.configuration, layout: referees.schema.layout)
    let count = referees.objectives.count
    let single = try (0..<count).map { objective in
      try refinement.refined(
        start, weights: (0..<count).map { $0 == objective ? 1 : 0 }, steps: options.singleSteps,
        rate: configuration.training.generator.learningRate)
    }
    return CachedGenerators(InterpolatedGenerators(single), weights: probes.weights)
  }
}

/// Mixed generators of the weights that will be asked for, made once.
private struct CachedGenerators: ListMethod {
  private let mixed: InterpolatedGenerators
  private let known: [[Float]: PolicyLists]

  init(_ mixed: InterpolatedGenerators, weights: [[Float]]) {
    self.mixed = mixed
    known = Dictionary(
      weights.map { ($0, PolicyLists(mixed.generator($0), weights: [$0])) }
    ) { first, _ in first }
  }

  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    known[weights]?.lists(for: requests, weights: weights)
      ?? mixed.lists(for: requests, weights: weights)
  }
}
