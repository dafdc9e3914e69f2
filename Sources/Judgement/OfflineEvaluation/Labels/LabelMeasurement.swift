package import EvaluationReport
package import EvaluatorModel
package import Features
package import ItemLabels
import RandomStreams
package import Sessions
package import Tensors

/// The referee that needs no model: a method re-orders the items that were shown in held-out
/// sessions and chooses half of them, and the real feedback says how well.
package struct LabelMeasurement: Sendable {
  package struct Options: Sendable {
    /// k of NDCG@k.
    package var depth = 5
    package var bootstrapSamples = 1000
    package var confidenceLevel = 0.95
    /// Seed of everything that is drawn.
    package var seed: UInt64 = 1

    package init() {}
  }

  let schema: FittedSchema
  let targets: [LabelTarget]
  private let evaluators: EvaluatorEnsemble?
  let options: Options

  /// - Parameter evaluators: whose order of the items is reported too; they have a head for each
  ///   target.
  package init(
    schema: FittedSchema, targets: [LabelTarget], evaluators: EvaluatorEnsemble? = nil,
    options: Options = Options()
  ) {
    self.schema = schema
    self.targets = targets
    self.evaluators = evaluators
    self.options = options
  }

  /// What the labels say, by feedback kind; kinds that no session has are absent.
  ///
  /// - Parameters:
  ///   - sessions: held-out sessions.
  ///   - training: sessions that the baselines may learn from, none of them held out. Without any
  ///     there is no logistic regression, and the best single score is found on `sessions`.
  ///   - method: what is judged, asked at each target's weights.
  package func summaries(
    _ sessions: [Session], training: [Session] = [], method: any ListMethod, workers: Workers
  ) -> [String: LabelSummary] {
    let held = shown(sessions, workers)
    let known = shown(training, workers)
    var summaries: [String: LabelSummary] = [:]
    for target in targets {
      summaries[target.kind] = summary(target, held, training: known, method, workers)
    }
    return summaries
  }

  func shown(_ sessions: [Session], _ workers: Workers) -> [ShownItems] {
    ShownItems.of(
      sessions, kinds: targets.map(\.kind), schema: schema, seed: options.seed, workers: workers)
  }

  private func summary(
    _ target: LabelTarget, _ sessions: [ShownItems], training: [ShownItems],
    _ method: any ListMethod, _ workers: Workers
  ) -> LabelSummary? {
    let held = sessions.filter { $0.labels[target.kind] != nil }
    guard !held.isEmpty else { return nil }
    let grading = LabelGrading(
      kind: target.kind, depth: options.depth,
      rates: SlotRates(
        held.map { items in items.loggedOrder.compactMap { items.labels[target.kind]?[$0] } }))
    var known = training.filter { $0.labels[target.kind] != nil }
    // Labels that never differ teach nothing.
    if !known.contains(where: grading.isOrdered) { known = [] }
    let rankers = self.rankers(target, held, known, method, grading, workers)
    let means = self.means(of: rankers, held, grading, workers)
    var stream = RandomStream(seed: options.seed, name: "labels.bootstrap.\(target.kind)")
    func figures(_ means: PairedMeans) -> [[LabelFigure]]? {
      means.figures(
        samples: options.bootstrapSamples, level: options.confidenceLevel, using: &stream)
    }
    let (order, choice) = (figures(means.order), figures(means.choice))
    return LabelSummary(
      objective: target.objective, sessions: held.count, orderedSessions: means.order.sessions,
      users: means.choice.users,
      shown: Double(held.reduce(0) { $0 + $1.count }) / Double(held.count), depth: options.depth,
      slotRates: grading.rates?.relative, trainingSessions: known.count,
      methods: rankers.enumerated().map { place, ranker in
        var measures: [LabelMeasure: LabelFigure] = [:]
        for (all, isOfOrder) in [(order, true), (choice, false)] {
          guard let all else { continue }
          for (measure, figure) in zip(grading.measures(ofOrder: isOfOrder), all[place]) {
            measures[measure] = figure
          }
        }
        return LabelMethod(kind: ranker.kind, detail: ranker.detail, measures: measures)
      })
  }

  /// The method that is judged, then all that it is compared with.
  private func rankers(
    _ target: LabelTarget, _ held: [ShownItems], _ training: [ShownItems],
    _ method: any ListMethod, _ grading: LabelGrading, _ workers: Workers
  ) -> [LabelRanker] {
    var rankers = [LabelRanker.policy(method, target), .logged, .random]
    if let score = UpstreamScore.best(
      training.isEmpty ? held : training, grading: grading, layout: schema.layout, workers: workers)
    {
      rankers.append(.score(score, schema.layout))
    }
    if let evaluators { rankers.append(.evaluators(evaluators, target)) }
    if !training.isEmpty {
      rankers.append(
        .linear(
          LinearRanker(training, kind: target.kind, layout: schema.layout, workers: workers)))
    }
    return rankers
  }

  private func means(
    of rankers: [LabelRanker], _ held: [ShownItems], _ grading: LabelGrading, _ workers: Workers
  ) -> (order: PairedMeans, choice: PairedMeans) {
    let grades = workers.map(held.count) { i in
      rankers.map { grading.grades(held[i], $0.order?(held[i])) }
    }
    var order = PairedMeans(
      methods: rankers.count, measures: grading.measures(ofOrder: true).count)
    var choice = PairedMeans(
      methods: rankers.count, measures: grading.measures(ofOrder: false).count)
    for (items, grades) in zip(held, grades) {
      choice.add(user: items.user, grades.map(\.choice))
      let ordered = grades.compactMap(\.order)
      if ordered.count == rankers.count { order.add(user: items.user, ordered) }
    }
    return (order, choice)
  }
}
