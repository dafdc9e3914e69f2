import Baselines
import EvaluatorModel
import Features
import GeneratorModel
import Objectives
import OfflineEvaluation
import Training

extension SeedRun {
  static let tradeOffs = [0.9, 0.7, 0.5, 0.3]

  /// Fader and all it is compared with but the specialists.
  func methods(
    fader: Generator, judges: ListJudges, probes: ProbeSet
  ) throws -> [MethodEntry] {
    let upstream = try UpstreamOrder(
      feature: upstreamFeature(judges.schema.layout))
    var entries = [
      MethodEntry(
        name: MethodEntry.fader, about: "this model", steered: true,
        method: GeneratedLists(fader, weights: probes.weights)),
      MethodEntry(
        name: "noop", about: "the logged list", steered: false, method: LoggedLists()),
      MethodEntry(
        name: "shuffle", about: "random order", steered: false,
        method: ShuffledLists(seed: seed)),
      MethodEntry(
        name: "score", about: "upstream order", steered: false, method: upstream),
    ]
    entries += try pointwiseMethods(judges)
    entries += try networkMethods(judges, upstream)
    entries.append(
      MethodEntry(
        name: "w as input", about: "the generator with w as a plain input", steered: true,
        method: GeneratedLists(try trainWithInput(), weights: probes.weights)))
    entries.append(
      MethodEntry(
        name: "interpolation", about: "parameters of single-objective generators, mixed by w",
        steered: true, method: try interpolation(fader, judges, probes)))
    if !options.quick {
      for (name, width) in [("evaluator greedy", 1), ("evaluator beam 4", 4)] {
        entries.append(
          MethodEntry(
            name: name, about: "asks the evaluators at every step", steered: true,
            method: EvaluatorSearchLists(
              evaluators: judges.evaluators, objectives: judges.objectives, width: width),
            isSlow: true))
      }
    }
    return entries
  }

  /// The pointwise ranker, steered by rules, and its diversified lists over their trade-offs.
  private func pointwiseMethods(_ judges: ListJudges) throws -> [MethodEntry] {
    note("seed \(seed): fitting the pointwise ranker")
    let pointwise = try PointwiseRanker.fit(
      data.train, layout: judges.schema.layout, heads: data.heads, seed: seed, workers: workers)
    var entries = [
      MethodEntry(
        name: "pointwise", about: "item by item, rules added greedily", steered: true,
        method: SteeredGreedy(pointwise, objectives: judges.objectives))
    ]
    for tradeOff in Self.tradeOffs {
      entries.append(
        MethodEntry(
          name: "mmr \(tradeOff)", about: "pointwise relevance against similarity", steered: true,
          method: DiversifiedLists(
            pointwise, objectives: judges.objectives, variant: .mmr(tradeOff: tradeOff))))
      entries.append(
        MethodEntry(
          name: "dpp \(tradeOff)", about: "pointwise relevance, determinantal", steered: true,
          method: DiversifiedLists(
            pointwise, objectives: judges.objectives, variant: .dpp(tradeOff: tradeOff))))
    }
    note("seed \(seed): fitting the supervised pointer network")
    var settings = SupervisedPointerConfiguration()
    settings.generator = configuration.generator
    entries.append(
      MethodEntry(
        name: "supervised pointer", about: "imitates the pointwise ranker's steered lists",
        steered: true,
        method: try SupervisedPointer.fit(
          data.train, layout: judges.schema.layout, objectives: judges.objectives,
          teacher: pointwise, configuration: settings, seed: seed, workers: workers)))
    return entries
  }

  private func networkMethods(
    _ judges: ListJudges, _ upstream: UpstreamOrder
  ) throws -> [MethodEntry] {
    note("seed \(seed): fitting the transformer")
    let transformer = try TransformerRanker.fit(
      data.train, layout: judges.schema.layout, heads: data.heads, upstream: upstream,
      seed: seed, workers: workers)
    var entries = [
      MethodEntry(
        name: "prm", about: "transformer over the upstream order (V1), rules added greedily",
        steered: true, method: SteeredGreedy(transformer, objectives: judges.objectives))
    ]
    let binary = data.heads.filter { $0.kind == .binary }.map(\.feedback)
    if let clicks = judges.objectives.feedback.first(where: binary.contains) {
      note("seed \(seed): fitting Seq2Slate")
      entries.append(
        MethodEntry(
          name: "seq2slate", about: "pointer network on \(clicks) labels (V2)", steered: false,
          method: try Seq2Slate.fit(
            data.train, layout: judges.schema.layout, objectives: judges.objectives,
            clicks: clicks, upstream: upstream, seed: seed, workers: workers)))
    }
    return entries
  }

  private func interpolation(
    _ fader: Generator, _ judges: ListJudges, _ probes: ProbeSet
  ) throws -> any ListMethod {
    note("seed \(seed): training single-objective generators")
    let refinement = refinement(judges)
    let start = try refinement.imitator(fader.configuration, layout: judges.schema.layout)
    let count = judges.objectives.count
    let single = try (0..<count).map { objective in
      try refinement.refined(
        start, weights: (0..<count).map { $0 == objective ? 1 : 0 }, steps: options.singleSteps,
        rate: configuration.training.generator.learningRate)
    }
    return CachedGenerators(InterpolatedGenerators(single), weights: probes.weights)
  }

  private func upstreamFeature(_ layout: FeatureLayout) throws(ComparisonError) -> Int {
    guard let place = layout.item.numbers.firstIndex(of: options.upstream) else {
      throw ComparisonError.noUpstream(options.upstream, known: layout.item.numbers)
    }
    return place
  }
}

/// Mixed generators of the weights that will be asked for, made once.
private struct CachedGenerators: ListMethod {
  private let mixed: InterpolatedGenerators
  private let known: [[Float]: GeneratedLists]

  init(_ mixed: InterpolatedGenerators, weights: [[Float]]) {
    self.mixed = mixed
    known = Dictionary(
      weights.map { ($0, GeneratedLists(mixed.generator($0), weights: [$0])) }
    ) { first, _ in first }
  }

  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    known[weights]?.lists(for: requests, weights: weights)
      ?? mixed.lists(for: requests, weights: weights)
  }
}
