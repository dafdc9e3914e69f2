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
    // Counts by one label.
    var lists: [String: UInt64] = [:]
    var fallbacks: [String: UInt64] = [:]
    var shed: [String: UInt64] = [:]
    var modelReloads: [String: UInt64] = [:]
    var configurationReloads: [String: UInt64] = [:]
    var interactions: [String: UInt64] = [:]
    var changedFeatures: [String: UInt64] = [:]
    var unseenFeatures: [String: UInt64] = [:]
    var brokenRules: UInt64 = 0
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

  func record(_ visit: Visit) {
    if visit.route == .rerank { recent.observe(visit.seconds) }
    state.withLock { state in
      state.answered[Answered(route: visit.route, status: visit.status), default: 0] += 1
      state.durations[visit.route, default: Histogram()].observe(visit.seconds)
      for (stage, seconds) in visit.timing.seconds {
        state.stages[stage, default: Histogram()].observe(seconds)
      }
      state.listed += UInt64(visit.listed ?? 0)
      if let origin = visit.origin {
        state.lists[origin.source.rawValue, default: 0] += 1
        if let reason = origin.fallback { state.fallbacks[reason.rawValue, default: 0] += 1 }
        if !origin.brokenRules.isEmpty { state.brokenRules += 1 }
      }
    }
  }
}
