import Baselines
import EvaluatorModel
import Features
import ListPolicy
import Objectives
import OfflineEvaluation
import PointwiseModel
import Tensors
import Training

extension SeedRun {
  static let tradeOffs = [0.9, 0.7, 0.5, 0.3]

  /// Fader and all it is compared with but the specialists.
  func methods(
    fader: any ListPolicy, referees: ListReferees, probes: ProbeSet
  ) throws -> [MethodEntry] {
    let upstream = try UpstreamOrder(
      feature: upstreamFeature(referees.schema.layout))
    var entries = [
      MethodEntry(
        name: MethodEntry.fader, about: "this model", steered: true,
        method: PolicyLists(fader, weights: probes.weights)),
      MethodEntry(
        name: "noop", about: "the logged list", steered: false, method: LoggedLists()),
      MethodEntry(
        name: "shuffle", about: "random order", steered: false,
        method: ShuffledLists(seed: seed)),
      MethodEntry(
        name: "score", about: "upstream order", steered: false, method: upstream),
    ]
    let pointwise = try fittedPointwise(referees)
    entries += pointwiseMethods(pointwise, referees)
    entries.append(try supervisedPointer(pointwise, referees))
    entries += try networkMethods(referees, upstream)
    entries += try generatorMethods(fader, referees, probes)
    if !options.quick {
      for (name, width) in [("evaluator greedy", 1), ("evaluator beam 4", 4)] {
        entries.append(
          MethodEntry(
            name: name, about: "asks the evaluators at every step", steered: true,
            method: EvaluatorSearchLists(
              evaluators: referees.evaluators, objectives: referees.objectives, width: width),
            isSlow: true))
      }
    }
    return entries
  }

  private func fittedPointwise(_ referees: ListReferees) throws -> PointwiseRanker {
    note("seed \(seed): fitting the pointwise ranker")
    return try PointwiseRanker.fit(
      data.train, layout: referees.schema.layout, heads: data.heads, seed: seed, workers: workers)
  }

  /// The pointwise ranker, steered by rules, and its diversified lists over their trade-offs.
  private func pointwiseMethods(
    _ pointwise: PointwiseRanker, _ referees: ListReferees
  ) -> [MethodEntry] {
    var entries = [
      MethodEntry(
        name: "pointwise", about: "item by item, rules added greedily", steered: true,
        method: SteeredGreedy(pointwise, objectives: referees.objectives))
    ]
    for tradeOff in Self.tradeOffs {
      entries.append(
        MethodEntry(
          name: "mmr \(tradeOff)", about: "pointwise relevance against similarity", steered: true,
          method: DiversifiedLists(
            pointwise, objectives: referees.objectives, variant: .mmr(tradeOff: tradeOff))))
      entries.append(
        MethodEntry(
          name: "dpp \(tradeOff)", about: "pointwise relevance, determinantal", steered: true,
          method: DiversifiedLists(
            pointwise, objectives: referees.objectives, variant: .dpp(tradeOff: tradeOff))))
    }
    return entries
  }

  private func networkMethods(
    _ referees: ListReferees, _ upstream: UpstreamOrder
  ) throws -> [MethodEntry] {
    note("seed \(seed): fitting the transformer")
    let transformer = try TransformerRanker.fit(
      data.train, layout: referees.schema.layout, heads: data.heads, upstream: upstream,
      seed: seed, workers: workers)
    var entries = [
      MethodEntry(
        name: "prm", about: "transformer over the upstream order (V1), rules added greedily",
        steered: true, method: SteeredGreedy(transformer, objectives: referees.objectives))
    ]
    let binary = data.heads.filter { $0.kind == .binary }.map(\.feedback)
    if let clicks = referees.objectives.feedback.first(where: binary.contains) {
      note("seed \(seed): fitting Seq2Slate")
      entries.append(
        MethodEntry(
          name: "seq2slate", about: "pointer network on \(clicks) labels (V2)", steered: false,
          method: try Seq2Slate.fit(
            data.train, layout: referees.schema.layout, objectives: referees.objectives,
            clicks: clicks, upstream: upstream, seed: seed, workers: workers)))
    }
    return entries
  }

  private func upstreamFeature(_ layout: FeatureLayout) throws(ComparisonError) -> Int {
    guard let place = layout.item.numbers.firstIndex(of: options.upstream) else {
      throw ComparisonError.noUpstream(options.upstream, known: layout.item.numbers)
    }
    return place
  }
}
