import CandidateSelection
import Synchronization

/// Counts what the server does. Weights never appear: as labels they would be without number.
final class ServingMetrics: Sendable {
  struct Answered: Hashable {
    var route: Route
    var status: Int
  }

  struct State {
    var answered: [Answered: UInt64] = [:]
    var durations: [Route: Histogram] = [:]
    var stages: [RankPipeline.Stage: Histogram] = [:]
    var listed: UInt64 = 0
    // Counts by one label. Where its values are known they count from 0, so that a rate sees the
    // first event, too.
    var lists = zeros(ListOrigin.Source.allCases.map(\.rawValue))
    var fallbacks = zeros(ListOrigin.FallbackReason.allCases.map(\.rawValue))
    var shed = zeros(["full", "late", "stopped"])
    var modelReloads = zeros(["accepted", "refused"])
    var configurationReloads = zeros(["accepted", "refused"])
    var interactions = zeros(["accepted", "refused"])
    var histories = zeros(RankResponse.History.Source.allCases.map(\.rawValue))
    var cut = zeros(SelectedCandidates.Reason.allCases.map(\.rawValue))
    var missedQuotas = zeros(["cap", "floor"])
    /// Lists and interactions that could not be remembered.
    var forgotten: UInt64 = 0
    var changedFeatures: [String: UInt64] = [:]
    var unseenFeatures: [String: UInt64] = [:]
    var brokenRules: UInt64 = 0

    init() {
      for route in Route.allCases {
        answered[Answered(route: route, status: route.usualStatus)] = 0
      }
    }

    private static func zeros(_ labels: [String]) -> [String: UInt64] {
      Dictionary(labels.map { ($0, 0) }) { first, _ in first }
    }

    fileprivate mutating func add(_ ranking: RankingVisit) {
      for (stage, seconds) in ranking.timing.seconds {
        stages[stage, default: Histogram()].observe(seconds)
      }
      listed += UInt64(ranking.listed ?? 0)
      if let history = ranking.history { histories[history.source.rawValue, default: 0] += 1 }
      if let candidates = ranking.candidates {
        for part in candidates.cut { cut[part.reason.rawValue, default: 0] += UInt64(part.count) }
        if !candidates.loosened.isEmpty { missedQuotas["cap", default: 0] += 1 }
        if !candidates.short.isEmpty { missedQuotas["floor", default: 0] += 1 }
      }
      guard let origin = ranking.origin else { return }
      lists[origin.source.rawValue, default: 0] += 1
      if let reason = origin.fallback { fallbacks[reason.rawValue, default: 0] += 1 }
      if !origin.brokenRules.isEmpty { brokenRules += 1 }
    }
  }

  private let state = Mutex(State())
  private let flights = Atomic<Int>(0)
  private let ready = Atomic<Bool>(false)
  private let draining = Atomic<Bool>(false)
  let recent = RecentRequests()
  let start = ContinuousClock.now

  /// A model is loaded and warmed up, and no stop was asked for.
  var isReady: Bool { ready.load(ordering: .acquiring) && !isDraining }
  var isDraining: Bool { draining.load(ordering: .acquiring) }
  var inFlight: Int { flights.load(ordering: .relaxed) }
  var now: State { state.withLock { $0 } }

  func becomeReady() { ready.store(true, ordering: .releasing) }
  func drain() { draining.store(true, ordering: .releasing) }

  func enter() { flights.wrappingAdd(1, ordering: .relaxed) }
  func leave() { flights.wrappingSubtract(1, ordering: .relaxed) }

  func count(_ counter: WritableKeyPath<State, [String: UInt64]>, _ label: String, by n: Int = 1) {
    state.withLock { $0[keyPath: counter][label, default: 0] += UInt64(n) }
  }

  func forget() { state.withLock { $0.forgotten += 1 } }

  func record(_ visit: Visit) {
    if visit.route == .rerank { recent.observe(visit.seconds) }
    if visit.route == .inference { for one in visit.rankings { recent.observe(one.seconds) } }
    state.withLock { state in
      state.answered[Answered(route: visit.route, status: visit.status), default: 0] += 1
      state.durations[visit.route, default: Histogram()].observe(visit.seconds)
      for ranking in visit.rankings { state.add(ranking) }
    }
  }
}
