import EvaluatorModel
package import Features
import ListSearch
import Objectives
import RandomStreams
package import Tensors

/// What utilities reach on a sample of the log, `[objective]` each.
package struct MeasuredScales: Sendable {
  /// Mean over requests of the best utility that a search finds, less that of the logged list.
  package var ranges: [Float]
  /// Half a standard deviation over logged and random lists.
  package var floors: [Float]

  package init(ranges: [Float], floors: [Float]) {
    self.ranges = ranges
    self.floors = floors
  }

  /// The attainable range, where it is not next to nothing: a log whose lists already reach the best
  /// would otherwise let an objective win at the smallest weight.
  package var scales: [Float] { zip(ranges, floors).map(max) }
}

extension UtilityModel {
  /// What a full turn of each objective's weight is worth.
  ///
  /// Measured once, before the generator trains, and stored: a weight means the same ever after.
  ///
  /// - Parameters:
  ///   - searched: requests whose best lists are searched for.
  ///   - limit: sessions whose logged and random lists give the floors.
  func measuredScales(
    _ cache: SessionCache, searched: Int = 48, sessions limit: Int = 2048, seed: UInt64,
    workers: Workers
  ) throws -> MeasuredScales {
    let floors = try standardDeviations(cache, sessions: limit, seed: seed, workers: workers)
    let sessions = try cache.sessions(at: cache.spread(searched))
    return MeasuredScales(
      ranges: attainableRanges(sessions, seed: seed, workers: workers),
      floors: floors.map { $0 / 2 })
  }

  /// Mean over sessions of what a search gains in each objective by itself; 0 for fixed scales.
  package func attainableRanges(
    _ sessions: [EncodedSession], seed: UInt64, workers: Workers
  ) -> [Float] {
    let places = objectives.objectives.indices.filter { !objectives.objectives[$0].scaleIsFixed }
    let gains = workers.map(sessions.count * places.count) { task -> Float in
      gain(
        sessions[task / places.count], objective: places[task % places.count],
        request: task / places.count, seed: seed)
    }
    var ranges = [Float](repeating: 0, count: objectives.count)
    for (task, gain) in gains.enumerated() {
      ranges[places[task % places.count]] += gain / Float(sessions.count)
    }
    return ranges
  }

  /// How much more of one objective the best list has that a search finds than the logged one.
  private func gain(
    _ session: EncodedSession, objective k: Int, request: Int, seed: UInt64
  ) -> Float {
    let batch = RequestBatch([session.request])
    let logged = session.shown.map { Int($0) }
    let m = session.request.candidateCount
    // The evaluators need not be asked about an objective that they do not predict.
    var rule: (utility: any RuleUtility, column: [Float])?
    if case .rule(let definition) = objectives.objectives[k].definition,
      let place = objectives.columns.firstIndex(of: definition.utility.column)
    {
      rule = (definition.utility, batch.columns[0][place])
    }
    func score(_ lists: [[Int]]) -> [Double] {
      if let rule { return lists.map { Double(rule.utility.value(of: $0, column: rule.column)) } }
      let all = ListBatch(requests: lists.map { _ in 0 }, lists: lists)
      return utilities(batch, all).map { Double($0[k]) }
    }
    let search = LocalSearch(
      budget: rule == nil ? 800 : 4000, chunk: 64, randomStarts: 1, kicks: 2, kickSteps: 3)
    let found = search.best(
      candidates: m, length: logged.count, starts: [logged], seed: seed, request: UInt64(request),
      score: score)
    return Float(found.best.score - score([logged])[0])
  }

  /// Standard deviation of each utility over logged lists and as many random ones.
  private func standardDeviations(
    _ cache: SessionCache, sessions limit: Int, seed: UInt64, workers: Workers
  ) throws -> [Float] {
    let chunk = 64
    var meter = ScaleMeter(objectives: objectives.count)
    let sessions = try cache.sessions(at: cache.spread(limit))
    let count = sessions.count
    let utilities = workers.map((count + chunk - 1) / chunk) { piece -> [[Float]] in
      let part = Array(sessions[piece * chunk..<min(count, (piece + 1) * chunk)])
      let batch = RequestBatch(part.map(\.request))
      var requests: [Int] = []
      var lists: [[Int]] = []
      for (b, session) in part.enumerated() {
        var stream = RandomStream(
          seed: seed, "training.scales", request: UInt64(piece * chunk + b))
        let logged = session.shown.map { Int($0) }
        let random = stream.permutation(session.request.candidateCount).prefix(logged.count)
        requests += [b, b]
        lists += [logged, Array(random)]
      }
      return self.utilities(batch, ListBatch(requests: requests, lists: lists))
    }
    for list in utilities.flatMap(\.self) { meter.add(list) }
    return meter.standardDeviations
  }
}
