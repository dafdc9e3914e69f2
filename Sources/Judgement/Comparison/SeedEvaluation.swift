import EvaluationReport
import Features
import ListPolicy
import Objectives
import OfflineEvaluation
import Sessions
import Statistics
import Tensors
import Training

/// Evaluates all methods of one seed.
struct SeedEvaluation {
  let run: SeedRun
  let referees: ListReferees
  let probes: ProbeSet
  /// Places of the grid's weights among the probes.
  let grid: [Int]
  let sessions: [Session]
  /// Sessions that the logistic regression is fitted to.
  let training: [Session]
  /// The same sessions, as labels see them.
  let labels: LabelComparison
  /// By request and place in the grid.
  let attainable: AttainableRewards?

  func rows(fader: any ListPolicy) throws -> [SeedFigures] {
    let entries = try run.methods(fader: fader, referees: referees, probes: probes)
    let fast = entries.filter { !$0.isSlow }
    run.note("seed \(run.seed): evaluating \(entries.count) methods")
    let evaluation = MethodEvaluation(referees: referees, probes: probes)
    let all = evaluation.accumulate(
      fast.map { ($0.method, nil) }, sessions: sessions, workers: run.workers)
    let first = Array(sessions.prefix(attainable?.best.count ?? 0))
    let searched = evaluation.accumulate(
      fast.map { ($0.method, grid) }, sessions: first, workers: run.workers)
    var rows = fast.indices.map { i in
      row(fast[i], all[i], on: searched[i])
    }
    rows += logisticRows()
    guard !run.options.quick else { return rows }
    if let envelope = try specialists(of: fader, logged: all[0]) {
      rows.insert(envelope.row, at: 1)
      for i in fast.indices where fast[i].steered {
        add(envelope.value, all[i], to: &rows[i == 0 ? 0 : i + 1])
      }
    }
    rows += slowRows(entries.filter(\.isSlow), fader: fast[0], evaluation)
    return rows
  }

  func row(
    _ entry: MethodEntry, _ all: EvaluationAccumulator, on searched: EvaluationAccumulator
  ) -> SeedFigures {
    var row = SeedFigures(
      name: entry.name, about: entry.about, steered: entry.steered, probes: grid.count,
      requests: sessions.count)
    all.addGains(over: grid, to: &row)
    if entry.steered { row[.spearman] = all.weakestSpearman(probes) }
    if let best = attainable?.best, let share = searched.attainment(over: grid, best: best) {
      row[.attainment] = share.mean
      row[.attainmentWorst] = share.min
    }
    row.add(labels.means(of: entry.method))
    row[.milliseconds] = milliseconds(entry.method)
    return row
  }

  /// What every ranker has to beat by the labels; it writes no lists under w.
  private func logisticRows() -> [SeedFigures] {
    let means = labels.linearMeans(training: training)
    guard !means.isEmpty else { return [] }
    var row = SeedFigures(
      name: "logistic", about: "logistic regression on single items, by labels only",
      steered: false, probes: labels.targets.count, requests: sessions.count)
    row.add(means)
    return [row]
  }

  func add(
    _ envelope: Envelope, _ all: EvaluationAccumulator, to row: inout SeedFigures
  ) {
    let points = grid.compactMap { all.best($0)?.utilities }
    let volume = envelope.volume(points)
    row[.hypervolume] = volume
    if let volume, let whole = envelope.volume(envelope.specialists), whole > 0 {
      row[.hypervolumeShare] = volume / whole
    }
    let prices = envelope.prices(points)
    row[.price] = prices.reduce(0, +) / Double(max(1, prices.count))
    row[.priceWorst] = prices.max()
    row[.nonDominated] = nonDominatedShare(points)
  }

  /// Methods that take long, on fewer requests and probes, beside Fader on the same.
  private func slowRows(
    _ entries: [MethodEntry], fader: MethodEntry, _ evaluation: MethodEvaluation
  ) -> [SeedFigures] {
    let part = Array(sessions.prefix(run.options.searchRequests))
    // Equal weights, single objectives, and pairs in equal parts.
    let places = grid.indices.filter { place in
      let w = probes.weights[grid[place]].filter { $0 > 0 }
      return w.allSatisfy { abs($0 - w[0]) < 1e-6 } && w.count != 3
    }
    let own = places.map { grid[$0] }
    let judged = evaluation.accumulate(
      ([fader] + entries).map { ($0.method, own) }, sessions: part, workers: run.workers)
    let best = attainable.map { $0.best.prefix(part.count).map { row in places.map { row[$0] } } }
    func share(_ place: Int) -> AttainmentFigures? {
      best.flatMap { judged[place].attainment(over: own, best: $0) }
    }
    return entries.enumerated().map { place, entry in
      var row = SeedFigures(
        name: entry.name, about: entry.about, steered: entry.steered, probes: own.count,
        requests: part.count)
      judged[place + 1].addGains(over: own, to: &row)
      row[.attainment] = share(place + 1)?.mean
      row[.attainmentWorst] = share(place + 1)?.min
      row[.attainmentOfFader] = share(0)?.mean
      row.add(labels.means(of: entry.method, first: part.count))
      row[.milliseconds] = milliseconds(entry.method)
      return row
    }
  }

  /// Median over some requests at equal weights, one at a time on one thread, decoding apart.
  private func milliseconds(_ method: any ListMethod) -> Double {
    let equal = [Float](
      repeating: 1 / Float(referees.objectives.count), count: referees.objectives.count)
    let times = sessions.prefix(9).enumerated().map { number, session -> Double in
      let requests = MethodRequests(
        [referees.schema.encode(session)], firstRequest: number)
      let begin = ContinuousClock.now
      _ = method.lists(for: requests, weights: equal)
      return (ContinuousClock.now - begin) / .milliseconds(1)
    }.sorted()
    return times.isEmpty ? 0 : times[times.count / 2]
  }
}

private func nonDominatedShare(_ points: [[Double]]) -> Double {
  let free = Statistics.nonDominated(points)
  return Double(free.count { $0 }) / Double(max(1, free.count))
}
