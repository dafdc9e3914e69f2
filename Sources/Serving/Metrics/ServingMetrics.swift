import Synchronization

/// Counts what the server does. Weights never appear: as labels they would be without number.
final class ServingMetrics: Sendable {
  private struct Answered: Hashable {
    var route: Route
    var status: Int
  }

  private struct State {
    var answered: [Answered: UInt64] = [:]
    var durations: [Route: Histogram] = [:]
    var stages: [RankPipeline.Stage: Histogram] = [:]
    var listed: UInt64 = 0
  }

  private let state = Mutex(State())
  private let inFlight = Atomic<Int>(0)
  private let ready = Atomic<Bool>(false)

  var isReady: Bool { ready.load(ordering: .acquiring) }
  func becomeReady() { ready.store(true, ordering: .releasing) }

  func enter() { inFlight.wrappingAdd(1, ordering: .relaxed) }
  func leave() { inFlight.wrappingSubtract(1, ordering: .relaxed) }

  func record(_ visit: Visit) {
    state.withLock { state in
      state.answered[Answered(route: visit.route, status: visit.status), default: 0] += 1
      state.durations[visit.route, default: Histogram()].observe(visit.seconds)
      for (stage, seconds) in visit.timing.seconds {
        state.stages[stage, default: Histogram()].observe(seconds)
      }
      state.listed += UInt64(visit.listed ?? 0)
    }
  }

  /// The Prometheus text; equal states give equal bytes.
  func text(model: ModelDescription) -> String {
    let now = state.withLock { $0 }
    var out = PrometheusText()
    out.family("fader_requests_total", "counter", "Requests answered, by route and status.")
    let answered = now.answered.sorted {
      ($0.key.route.rawValue, $0.key.status) < ($1.key.route.rawValue, $1.key.status)
    }
    for (key, count) in answered {
      out.sample(
        "fader_requests_total",
        [("route", key.route.rawValue), ("status", "\(key.status)")], "\(count)")
    }
    let duration = "fader_request_duration_seconds"
    out.family(duration, "histogram", "From the request's head to its answer, by route.")
    for route in Route.allCases {
      guard let values = now.durations[route] else { continue }
      out.histogram(duration, [("route", route.rawValue)], values)
    }
    let stage = "fader_stage_duration_seconds"
    out.family(stage, "histogram", "Work on a rerank request, by stage.")
    for name in RankPipeline.Stage.allCases {
      guard let values = now.stages[name] else { continue }
      out.histogram(stage, [("stage", name.rawValue)], values)
    }
    out.family("fader_listed_items_total", "counter", "Items in the lists given.")
    out.sample("fader_listed_items_total", [], "\(now.listed)")
    out.family("fader_requests_in_flight", "gauge", "Requests being worked on.")
    out.sample("fader_requests_in_flight", [], "\(inFlight.load(ordering: .relaxed))")
    out.family("fader_ready", "gauge", "1 once the model is warmed up.")
    out.sample("fader_ready", [], isReady ? "1" : "0")
    out.family("fader_model_info", "gauge", "The model that answers; always 1.")
    out.sample("fader_model_info", [("name", model.name), ("version", model.version)], "1")
    return out.text
  }
}
