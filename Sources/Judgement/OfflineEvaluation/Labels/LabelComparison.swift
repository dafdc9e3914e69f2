package import Features
package import ItemLabels
package import Sessions
package import Tensors

/// Grades one method after another by the labels of the same held-out sessions: what a comparison
/// of many needs, without intervals.
package struct LabelComparison: Sendable {
  /// What the labels of one kind say of a method.
  package struct Means: Sendable, Equatable {
    /// NDCG@k over the sessions whose items differ in their labels; nil without any.
    package let ndcg: Double?
    /// Mean label of the half of the items that the method chooses.
    package let chosen: Double
  }

  package let targets: [LabelTarget]
  /// k of NDCG@k.
  package let depth: Int
  private let schema: FittedSchema
  private let seed: UInt64
  private let workers: Workers
  /// Held out.
  private let shown: [ShownItems]

  /// - Parameter sessions: held-out sessions.
  package init(
    _ sessions: [Session], schema: FittedSchema, targets: [LabelTarget], depth: Int = 5,
    seed: UInt64, workers: Workers
  ) {
    self.targets = targets
    self.depth = depth
    self.schema = schema
    self.seed = seed
    self.workers = workers
    shown = ShownItems.of(
      sessions, kinds: targets.map(\.kind), schema: schema, seed: seed, workers: workers)
  }

  /// By feedback kind, a method asked at the weights of each target; kinds that no session has are
  /// absent.
  ///
  /// - Parameter first: how many of the sessions count, for methods that take long; nil for all.
  package func means(of method: any ListMethod, first: Int? = nil) -> [String: Means] {
    means(first: first) { LabelRanker.policy(method, $0) }
  }

  /// The same for logistic regressions, one for each kind, on the features of single items.
  ///
  /// - Parameter training: sessions to fit them to, none of them held out; kinds whose labels never
  ///   differ in them are absent.
  package func linearMeans(training: [Session]) -> [String: Means] {
    let known = ShownItems.of(
      training, kinds: targets.map(\.kind), schema: schema, seed: seed, workers: workers)
    return means { target in
      let own = known.filter { $0.labels[target.kind] != nil }
      guard own.contains(where: { $0.isOrdered(by: target.kind) }) else { return nil }
      return .linear(
        LinearRanker(own, kind: target.kind, layout: schema.layout, workers: workers))
    }
  }

  private func means(
    first: Int? = nil, _ ranker: (LabelTarget) -> LabelRanker?
  ) -> [String: Means] {
    var means: [String: Means] = [:]
    for target in targets {
      let held = shown.filter { items in
        items.labels[target.kind] != nil && first.map { items.number < $0 } ?? true
      }
      guard !held.isEmpty, let ranker = ranker(target) else { continue }
      means[target.kind] = self.means(of: ranker, held, kind: target.kind)
    }
    return means
  }

  private func means(of ranker: LabelRanker, _ held: [ShownItems], kind: String) -> Means {
    let grades = workers.map(held.count) { i -> (ndcg: Double?, chosen: Double) in
      let (items, order) = (held[i], ranker.order?(held[i]))
      guard let order, let labels = items.labels[kind] else { return (nil, 0) }
      return (
        items.ndcg(of: order.order, by: kind, at: depth),
        order.chosen.reduce(0) { $0 + labels[$1] } / Double(max(1, order.chosen.count))
      )
    }
    let ordered = grades.compactMap(\.ndcg)
    return Means(
      ndcg: ordered.isEmpty ? nil : ordered.reduce(0, +) / Double(ordered.count),
      chosen: grades.reduce(0) { $0 + $1.chosen } / Double(grades.count))
  }
}
