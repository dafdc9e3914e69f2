import Checkpoints
package import EvaluationReport
import EvaluatorModel
import Families
import Features
import ItemLabels
import ListPolicy
import Networks
import Objectives
import RandomStreams
package import Sessions
package import Tensors
package import Worlds

/// Evaluates a checkpoint on sessions it was not trained on: for every probe of w it writes a list for
/// each request and compares it with the logged one.
package struct CheckpointEvaluation: Sendable {
  private let path: String
  private let modelHash: String
  private let referees: ListReferees
  private let policy: any ListPolicy
  private let quality: EvaluatorQuality
  private let judgeQuality: EvaluatorQuality?
  private let probes: ProbeSet

  /// How thorough an evaluation is.
  package struct Options: Sendable {
    package var bootstrapSamples = 1000
    /// Seed of everything that is drawn.
    package var seed: UInt64 = 1
    /// Searches the attainable too; nil leaves it out, since it takes minutes.
    package var attainable: AttainableSearch?
    /// Weights, drawn anew, for the control-fidelity curve.
    package var unseenWeights = 24
    /// Lists that a local search may score for each request, see `SearchedLists`; 0 judges the policy's
    /// own lists.
    package var searchedLists = 0
    /// Requests that the boosted judge looks at, at most.
    package var boostedRequests = 500
    /// k of NDCG@k among shown items.
    package var labelDepth = 5

    package init() {}
  }

  package init(path: String) throws {
    let checkpoint = try CheckpointReader(path: path)
    self.path = path
    modelHash = checkpoint.modelHash
    referees = try ListReferees(checkpoint, world: nil)
    policy = try Families.policy(
      of: checkpoint, layout: referees.schema.layout, objectives: referees.objectives)
    quality = try checkpoint.section("quality", as: EvaluatorQuality.self)
    judgeQuality =
      referees.judge == nil
      ? nil : try checkpoint.section("judge_quality", as: EvaluatorQuality.self)
    probes = .standard(referees.objectives.count)
  }

  /// - Parameters:
  ///   - sessions: held-out sessions; each gives one comparison per probe.
  ///   - training: sessions that the baselines of the labels' section may learn from.
  ///   - judged: sessions of the judge's users, which a judge of another kind is fitted to; none leave
  ///     it out.
  ///   - world: the world they came from, which then tells the true gain too.
  package func report(
    sessions: [Session], training: [Session] = [], judged: [Session] = [],
    world: (any World)? = nil, workers: Workers, options: Options = Options(),
    data: String? = nil
  ) throws -> EvaluationReport {
    if let world { for session in sessions { try world.check(session.request) } }
    try referees.schema.checkFeatures(of: sessions)
    var referees = referees
    referees.world = world
    let method = self.method(
      probes.weights + TradeOffMeasurement.weights(objectives: referees.objectives.count), options)
    let accumulator = MethodEvaluation(referees: referees, probes: probes).accumulate(
      [(method, nil)], sessions: sessions, workers: workers)[0]
    var stream = RandomStream(seed: options.seed, "evaluation.bootstrap")
    let lengths = Set(sessions.map(\.shown.count))
    var report = accumulator.report(
      bootstrapSamples: options.bootstrapSamples, using: &stream,
      listLength: lengths.count == 1 ? lengths.first : nil, evaluator: quality.summary,
      provenance: Provenance(
        checkpoint: CheckpointFolder.baseName(path), modelVersion: String(modelHash.prefix(12)),
        modelHash: modelHash, seed: options.seed, data: data,
        scoredBy: "training evaluators (mean)"))
    report.allShown =
      Double(sessions.count(where: \.showsAll)) / Double(max(sessions.count, 1))
    let segments = accumulator.segments(UserGroup.groups(of: sessions))
    report.segments = segments.isEmpty ? nil : segments
    report.kinds = Dictionary(
      uniqueKeysWithValues: referees.objectives.objectives.map { ($0.name, $0.utilityKind) })
    report.judge?.evaluator = judgeQuality?.summary
    report.tradeOffs = TradeOffMeasurement(referees: referees, probes: probes).tradeOffs(
      method, known: accumulator, sessions: sessions, workers: workers)
    report.boosted = BoostedMeasurement(
      referees, fittedTo: judged, seed: options.seed, workers: workers
    )?.summary(
      Array(sessions.prefix(options.boostedRequests)), method: method, probes: probes.weights,
      workers: workers)
    report.fidelity = fidelity(referees, sessions, workers, options)
    if let search = options.attainable {
      report.attainment = AttainmentMeasurement(
        referees: referees, probes: probes.weights, search: search
      ).measure(method, sessions: sessions, workers: workers)
    }
    report.classic = ClassicMeasurement(referees)?.summary(
      sessions, method: method, workers: workers)
    let labels = labelMeasurement(options).summaries(
      sessions, training: training, method: method, workers: workers)
    report.labels = labels.isEmpty ? nil : labels
    let equal = [Float](
      repeating: 1 / Float(referees.objectives.count), count: referees.objectives.count)
    report.examples = ExampleSelection(referees: referees, weights: equal).pick(
      Array(sessions.prefix(Self.exampleRequests)), method: method, workers: workers)
    return report
  }

  /// The figures that a report of it can have.
  ///
  /// - Parameters:
  ///   - attainable: whether the attainable is searched.
  ///   - world: whether the truth is known; nil where that is not known yet.
  package func figures(attainable: Bool, world: Bool? = nil) -> FigureNames {
    var names = FigureNames(
      objectives: referees.objectives.names, feedback: quality.heads.map(\.feedback))
    if !attainable {
      names.absent["attainment"] = "it is searched only with --attainable, as in --attainable 64"
    }
    if referees.judge == nil {
      names.absent["judge"] =
        "the checkpoint has no judge; train one with training.judge.share above 0"
    }
    if world == false {
      names.absent["world"] = "the truth is known only for sessions of a simulated world"
    }
    return names
  }

  /// Writes what the labels' section rests on to a file, for rankers that others wrote.
  ///
  /// - Throws: `FileError` when the file cannot be written, `ForeignSessionsError` for sessions of
  ///   another log.
  package func writeLabels(
    to path: String, sessions: [Session], training: [Session], workers: Workers,
    options: Options = Options()
  ) throws {
    try referees.schema.checkFeatures(of: sessions)
    let method = self.method(referees.labelTargets.map(\.weights), options)
    try LabelExport(labelMeasurement(options), method: method).write(
      held: sessions, training: training, to: path, workers: workers)
  }

  /// What is judged, made ready for these weights.
  private func method(_ weights: [[Float]], _ options: Options) -> any ListMethod {
    let lists = PolicyLists(policy, weights: weights)
    guard options.searchedLists > 0 else { return lists }
    return SearchedLists(
      lists, evaluators: referees.evaluators, objectives: referees.objectives,
      budget: options.searchedLists)
  }

  private func labelMeasurement(_ options: Options) -> LabelMeasurement {
    var own = LabelMeasurement.Options()
    own.depth = options.labelDepth
    own.bootstrapSamples = options.bootstrapSamples
    own.seed = options.seed
    return LabelMeasurement(
      schema: referees.schema, targets: referees.labelTargets, evaluators: referees.evaluators,
      options: own)
  }

  /// Requests that examples are picked from, and that the fidelity curve is measured on.
  private static let exampleRequests = 200

  private func fidelity(
    _ referees: ListReferees, _ sessions: [Session], _ workers: Workers, _ options: Options
  ) -> FidelityCurve? {
    let measurement = FidelityMeasurement(
      objectives: referees.objectives.count, weights: options.unseenWeights, seed: options.seed)
    let set = ProbeSet(weights: measurement.weights)
    let accumulator = MethodEvaluation(referees: referees, probes: set).accumulate(
      [(method(set.weights, options), nil)],
      sessions: Array(sessions.prefix(Self.exampleRequests)), workers: workers)[0]
    let utilities = accumulator.meanUtilities(.evaluators).compactMap(\.self)
    return measurement.curve(utilities.map(accumulator.scaled))
  }
}
