package import BoostedModel
package import EvaluationReport
import EvaluatorModel
import Features
import Objectives
package import Sessions
import Statistics
package import Tensors

/// Asks boosted trees about a method's lists: a judge that shares neither users nor kind of model with the
/// training evaluators.
package struct BoostedMeasurement: Sendable {
  private let referees: ListReferees
  private let model: BoostedListModel
  /// Mean feedback of each slot of the fitted sessions: `[head][slot]`.
  private let slotMeans: [[Double]]

  /// Nil where no objective predicts feedback, or the sessions are of too few users.
  ///
  /// - Parameter sessions: of the judge's users, none of them judged.
  package init?(
    _ referees: ListReferees, fittedTo sessions: [Session],
    configuration: BoostingConfiguration = BoostingConfiguration(), seed: UInt64,
    workers: Workers
  ) {
    let heads = referees.objectives.feedback.compactMap { kind in
      referees.evaluators.heads.first { $0.feedback == kind }
    }
    guard !heads.isEmpty, heads.count == referees.objectives.feedback.count else { return nil }
    let schema = referees.schema
    let encoded = workers.map(sessions.count) { schema.encode(sessions[$0]) }
    guard
      let model = BoostedListModel(
        encoded, heads: heads, layout: schema.layout, configuration: configuration, seed: seed,
        workers: workers)
    else { return nil }
    self.referees = referees
    self.model = model
    slotMeans = heads.map { head in
      let place = schema.layout.feedback.firstIndex(of: head.feedback)
      return Self.slotMeans(encoded.map { session in place.map { session.feedback[$0] } ?? [] })
    }
  }

  /// - Parameters:
  ///   - sessions: held out.
  ///   - method: whose lists are judged, at each of `probes`.
  package func summary(
    _ sessions: [Session], method: any ListMethod, probes: [[Float]], workers: Workers
  ) -> BoostedSummary {
    let schema = referees.schema
    let encoded = workers.map(sessions.count) { schema.encode(sessions[$0]) }
    let users = encoded.map(\.userKey)
    let gains = workers.map(encoded.count) { self.gains(encoded[$0], number: $0, method, probes) }
    let losses = workers.map(encoded.count) { self.losses(encoded[$0]) }
    func average(_ value: (Double) -> Double) -> ProbeAverage {
      let means = gains.map { row in
        row.reduce(0) { $0 + value($1) } / Double(max(1, row.count))
      }
      let all = ClusteredMean(means, clusters: users)
      let byProbe = probes.indices.map { probe in
        gains.reduce(0) { $0 + value($1[probe]) } / Double(max(1, gains.count))
      }
      return ProbeAverage(
        mean: all.mean, min: byProbe.min() ?? 0, low: all.interval?.low, high: all.interval?.high)
    }
    var table: [String: BoostedSummary.Losses] = [:]
    for (h, head) in model.heads.enumerated() {
      func mean(_ place: Int) -> Double? {
        let all = losses.flatMap { $0[h].compactMap { $0[place] } }
        return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
      }
      guard let own = mean(0), let evaluators = mean(1), let slots = mean(3) else { continue }
      table[head.feedback] = BoostedSummary.Losses(
        boosted: own, evaluators: evaluators, judge: mean(2), slotMean: slots)
    }
    return BoostedSummary(
      gain: average { $0 }, betterPercentage: average { $0 > Self.tie ? 1 : 0 },
      sessions: model.fittedSessions, requests: sessions.count, losses: table)
  }

  /// Gains up to this are ties: trees give many lists the very same reward.
  private static let tie = 1e-6

  /// Reward of the written list minus that of the logged one, by probe.
  private func gains(
    _ session: EncodedSession, number: Int, _ method: any ListMethod, _ probes: [[Float]]
  ) -> [Double] {
    let requests = MethodRequests([session], firstRequest: number)
    let lists = probes.map { method.lists(for: requests, weights: $0)[0] }
    var distinct: [[Int]] = [session.shown.map { Int($0) }]
    for list in lists where !distinct.contains(list) { distinct.append(list) }
    let objectives = referees.objectives
    let utilities = zip(distinct, model.predict(session.request, distinct)).map {
      objectives.utilities(of: $0, columns: session.request.columns, predictions: $1)
    }
    return zip(lists, probes).map { list, w in
      let place = distinct.firstIndex(of: list) ?? 0
      return Double(
        objectives.reward(utilities[place], weights: w)
          - objectives.reward(utilities[0], weights: w))
    }
  }

  /// Losses of the logged slots: `[head][slot][boosted, evaluators, judge, slot mean]`.
  private func losses(_ session: EncodedSession) -> [[[Double?]]] {
    let list = session.shown.map { Int($0) }
    let (batch, lists) = (RequestBatch([session.request]), ListBatch([list]))
    let kinds = model.heads.map(\.feedback)
    let views = [
      model.predict(session.request, [list])[0],
      referees.evaluators.predict(batch, lists, feedback: kinds, pessimism: 0)[0],
      referees.judge?.predict(batch, lists, feedback: kinds, pessimism: 0)[0],
    ]
    return model.heads.enumerated().map { h, head in
      guard let place = referees.schema.layout.feedback.firstIndex(of: head.feedback) else {
        return []
      }
      return list.indices.compactMap { slot -> [Double?]? in
        let observed = Double(session.feedback[place][slot])
        guard !observed.isNaN else { return nil }
        let means = slotMeans[h]
        let mean = means.isEmpty ? 0 : means[min(slot, means.count - 1)]
        return views.map { view in
          guard let view, slot < view[h].count else { return nil }
          return Self.loss(head, Double(view[h][slot]), observed)
        } + [Self.loss(head, mean, observed)]
      }
    }
  }

  private static func loss(
    _ head: EvaluatorHead, _ predicted: Double, _ observed: Double
  ) -> Double {
    guard head.kind == .binary else {
      let error = (predicted - observed) / Double(head.unit)
      return error * error
    }
    var loss = LogLoss()
    loss.add(probability: predicted, label: observed)
    return loss.sum
  }

  private static func slotMeans(_ feedback: [[Float]]) -> [Double] {
    var sums: [Double] = []
    var counts: [Double] = []
    for session in feedback {
      for (slot, value) in session.enumerated() {
        if slot == sums.count {
          sums.append(0)
          counts.append(0)
        }
        guard !value.isNaN else { continue }
        sums[slot] += Double(value)
        counts[slot] += 1
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
