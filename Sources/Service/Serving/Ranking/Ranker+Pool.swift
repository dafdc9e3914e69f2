import CandidateSelection
import EvaluatorModel
import Features
import ListPolicy
import ListRules
import Objectives
import Sessions
import Steering

/// Several lists, and the best one out.
extension Ranker {
  /// A list, what the evaluators expect of it, and how it was found.
  struct Evaluated {
    var entry: ListPool.Entry
    /// In raw units, without pessimism.
    var utilities: [Float]
    var origin: ListOrigin
  }

  /// Lists evaluated between two looks at the clock: few enough of long ones that the time between
  /// stays short.
  static func evaluatedAtOnce(length: Int, atMost most: Int = 8) -> Int {
    max(1, min(most, 800 / max(length, 1)))
  }

  /// - Parameter request: resolved.
  func best(_ request: RankRequest, _ encoded: EncodedRequest, weights: [Float]) throws -> Evaluated
  {
    let prepared = prepared.prepared(weights, by: policy)
    let strategy = request.strategy ?? ListStrategy()
    if strategy.isOneGreedyList {
      let list = greedy(request, encoded, prepared)
      try refuseNeedless(request)
      var pool = ListPool()
      pool.add(list, .greedy)
      return Evaluated(
        entry: pool.entries[0], utilities: utilities(of: list.items, encoded),
        origin: ListOrigin(.greedy))
    }
    let pool = try pool(request, encoded, prepared, strategy)
    try refuseNeedless(request)
    if pool.entries.count == 1, strategy.searchedLists == 0 {
      let entry = pool.entries[0]
      return Evaluated(
        entry: entry, utilities: utilities(of: entry.items, encoded),
        origin: ListOrigin(entry.source))
    }
    return judge(
      pool, request, encoded, weights: weights, searchedLists: strategy.searchedLists)
  }

  private func pool(
    _ request: RankRequest, _ encoded: EncodedRequest, _ prepared: PreparedWeights,
    _ strategy: ListStrategy
  ) throws -> ListPool {
    var pool = ListPool()
    // A policy without a law has one list to give, whatever the strategy; its origin says so.
    if let drawing = policy as? any DrawingPolicy, strategy.kind != .greedy {
      add(to: &pool, by: drawing, request, encoded, prepared, strategy)
      if strategy.isOneDraw { return pool }
    } else {
      pool.add(greedy(request, encoded, prepared), .greedy)
    }
    try refuseNeedless(request)
    for kind in Set(strategy.handMade).sorted(by: { $0.rawValue < $1.rawValue }) {
      guard let placement = request.plan.placement else { continue }
      let order = kind == .upstream ? Array(request.items.indices) : diversified(encoded)
      pool.add(placement.repaired(from: order).list, ListOrigin.Source(kind))
    }
    if let placement = request.plan.placement {
      pool.prefer { placement.violations(of: $0).isEmpty }
    }
    return pool
  }

  /// Draws, or what a beam finds.
  private func add(
    to pool: inout ListPool, by policy: any DrawingPolicy, _ request: RankRequest,
    _ encoded: EncodedRequest, _ prepared: PreparedWeights, _ strategy: ListStrategy
  ) {
    let batch = RequestBatch([encoded])
    if strategy.kind == .beam {
      let lists = policy.beam(
        batch, weights: prepared, length: length(request), width: strategy.lists,
        constraints: constraints(request), isOver: { request.plan.isOver })
      for list in lists { pool.add(list, .beam) }
      return
    }
    // The likeliest list is the yardstick: what is served is never worse as the evaluators see it.
    if !strategy.isOneDraw { pool.add(greedy(request, encoded, prepared), .greedy) }
    let draws = policy.draws(
      batch, weights: prepared, length: length(request), lists: strategy.lists,
      constraints: constraints(request), seed: request.plan.seed,
      isOver: { request.plan.isOver })
    for list in draws { pool.add(list, .sample) }
  }

  /// The best under R_w with the ensemble's own pessimism: of many guesses the highest is otherwise
  /// the luckiest. Stops when the time for it is over; the first lists are always evaluated.
  private func judge(
    _ pool: ListPool, _ request: RankRequest, _ encoded: EncodedRequest, weights: [Float],
    searchedLists: Int
  ) -> Evaluated {
    let end = request.plan.budget.map { ContinuousClock.now + $0 }
    func isOver() -> Bool {
      request.plan.isOver || end.map { ContinuousClock.now >= $0 } ?? false
    }
    let batch = RequestBatch([encoded])
    let atOnce = Ranker.evaluatedAtOnce(length: length(request))
    var best: (entry: ListPool.Entry, reward: Double)?
    var evaluated = 0
    while evaluated < pool.entries.count {
      let chunk = pool.entries[evaluated...].prefix(atOnce)
      for (entry, reward) in zip(chunk, rewards(of: chunk.map(\.items), batch, weights))
      where reward > best?.reward ?? -.infinity { best = (entry, reward) }
      evaluated += chunk.count
      if isOver() { break }
    }
    var entry = best?.entry ?? pool.entries[0]
    if searchedLists > 0, !isOver() {
      let found = searched(from: entry.items, request, budget: searchedLists) { lists in
        if isOver() { return nil }
        evaluated += lists.count
        return rewards(of: lists, batch, weights)
      }
      if found != entry.items { entry = ListPool.Entry(items: found, source: .search) }
    }
    return Evaluated(
      entry: entry, utilities: utilities(of: entry.items, encoded),
      origin: ListOrigin(
        entry.source, lists: max(evaluated, pool.entries.count), evaluated: evaluated))
  }

  /// R_w of lists, pessimism included.
  private func rewards(
    of lists: [[Int]], _ batch: RequestBatch, _ weights: [Float]
  ) -> [Double] {
    let predictions = evaluators.predict(
      batch, ListBatch(requests: lists.map { _ in 0 }, lists: lists), feedback: objectives.feedback)
    return zip(lists, predictions).map { list, prediction in
      let utilities = objectives.utilities(
        of: list, columns: batch.columns[0], predictions: prediction)
      return Double(objectives.reward(utilities, weights: weights))
    }
  }

  func greedy(
    _ request: RankRequest, _ encoded: EncodedRequest, _ prepared: PreparedWeights
  ) -> DecodedList {
    policy.lists(
      RequestBatch([encoded]), weights: [prepared], lengths: [length(request)],
      constraints: [constraints(request)], isOver: { request.plan.isOver })[0]
  }

  /// Upstream's order by maximal marginal relevance over the group that an objective keeps apart; that
  /// order itself where there is none.
  private func diversified(_ encoded: EncodedRequest) -> [Int] {
    let count = encoded.candidateCount
    guard let column = fitted.columns.firstIndex(where: { $0.kind == .group }) else {
      return Array(0..<count)
    }
    let groups = encoded.columns[column]
    return maximalMarginalRelevance(
      relevance: (0..<count).map { 1 - Double($0) / Double(count) },
      similarity: { groups[$0] == groups[$1] ? 1 : 0 }, tradeOff: 0.5, length: count)
  }

  func refuseNeedless(_ request: RankRequest) throws(NeedlessList) {
    if request.plan.isAbandoned { throw .callerLeft }
    if request.plan.isLate { throw .deadlinePassed }
  }

  private func length(_ request: RankRequest) -> Int {
    request.size ?? min(RankRequest.defaultSize, request.items.count)
  }

  private func constraints(_ request: RankRequest) -> DecodingConstraints {
    let plan = request.plan
    return DecodingConstraints(
      pins: plan.pins, bans: plan.bans, rules: plan.placement, channels: request.channels)
  }
}

/// Why a list is no longer wanted.
enum NeedlessList: Error {
  /// The time for the answer was over before a list was at hand.
  case deadlinePassed
  case callerLeft
}
