import EventLogs
import Steering

extension ServingMetrics {
  /// The Prometheus text; equal states give equal bytes.
  func text(_ service: RankingService, waiting: Int) -> String {
    let now = now
    let pipeline = service.pipeline
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
    out.single("fader_listed_items_total", "counter", "Items in the lists given.", "\(now.listed)")
    out.counts("fader_lists_total", "Lists given, by what wrote them.", "source", now.lists)
    out.counts(
      "fader_fallbacks_total", "Fallbacks served, by reason.", "reason", now.fallbacks)
    out.single(
      "fader_broken_rules_total", "counter", "Lists that no candidate set could make obey.",
      "\(now.brokenRules)")
    out.counts(
      "fader_candidates_cut_total", "Candidates that the model did not see, by the rule.", "by",
      now.cut)
    out.counts(
      "fader_missed_quotas_total",
      "Requests whose candidates could not meet a quota, by what was not kept.", "quota",
      now.missedQuotas)
    out.counts(
      "fader_changed_features_total",
      "Requests with a feature of another type than in training, by feature.", "feature",
      now.changedFeatures)
    out.counts(
      "fader_unseen_features_total",
      "Requests in which no candidate has a feature that a rule or controller reads, by feature.",
      "feature", now.unseenFeatures)
    out.counts("fader_shed_total", "Requests refused for want of room or time.", "reason", now.shed)
    out.counts(
      "fader_histories_total", "Lists of models that read histories, by who knew the user's.",
      "source",
      now.histories)
    out.single(
      "fader_forgotten_total", "counter",
      "Lists served and feedback taken that could not be remembered as histories.",
      "\(now.forgotten)")
    out.counts(
      "fader_interactions_total", "Interactions taken, by outcome.", "outcome", now.interactions)
    out.counts(
      "fader_model_reloads_total", "Models tried, by outcome.", "outcome", now.modelReloads)
    out.counts(
      "fader_config_reloads_total", "Configurations tried, by outcome.", "outcome",
      now.configurationReloads)
    out.single(
      "fader_requests_in_flight", "gauge", "Requests being worked on.", "\(inFlight)")
    out.single("fader_requests_waiting", "gauge", "Requests waiting for a thread.", "\(waiting)")
    pipeline.monitor?.write(to: &out)
    logs(service, &out)
    controllers(pipeline.controllers.controllers, &out)
    out.single(
      "fader_ready", "gauge", "1 while a model is warmed up and no stop was asked for.",
      isReady ? "1" : "0")
    out.family("fader_model_info", "gauge", "The model that answers; always 1.")
    out.sample(
      "fader_model_info", [("name", pipeline.model.name), ("version", pipeline.model.version)], "1")
    for figure in ProcessFigures().samples {
      out.single(figure.name, figure.type, figure.help, "\(figure.value)")
    }
    return out.text
  }

  private func logs(_ service: RankingService, _ out: inout PrometheusText) {
    let logs = [("decisions", service.decisions), ("feedback", service.feedback)]
    let states = logs.compactMap { name, log in log.map { (name, $0.state) } }
    guard !states.isEmpty else { return }
    out.family(
      "fader_log_degraded", "gauge", "1 while an event log cannot be written: raise an alarm.")
    for (name, state) in states {
      out.sample("fader_log_degraded", [("log", name)], state.degraded ? "1" : "0")
    }
    out.family("fader_log_lines_total", "counter", "Lines of an event log, by outcome.")
    for (name, state) in states {
      out.sample(
        "fader_log_lines_total", [("log", name), ("outcome", "written")], "\(state.written)")
      out.sample(
        "fader_log_lines_total", [("log", name), ("outcome", "dropped")], "\(state.dropped)")
    }
    out.family(
      "fader_log_files_deleted_total", "counter", "Old files of an event log that made room.")
    for (name, state) in states {
      out.sample("fader_log_files_deleted_total", [("log", name)], "\(state.deletedSegments)")
    }
  }

  private func controllers(_ controllers: [ShareController], _ out: inout PrometheusText) {
    guard !controllers.isEmpty else { return }
    let gauges: [(String, String, (ShareController) -> Double)] = [
      ("weight", "Weight that a controller set.", { $0.weight }),
      ("share", "Share measured before the last update.", { $0.share ?? 0 }),
      ("target", "Share wanted.", { $0.configuration.target }),
      ("saturated", "1 while a bound holds the weight.", { $0.isSaturated ? 1 : 0 }),
    ]
    for (name, help, value) in gauges {
      out.family("fader_controller_\(name)", "gauge", help)
      for controller in controllers {
        out.sample(
          "fader_controller_\(name)", [controller.label],
          "\(value(controller))")
      }
    }
  }
}

extension ShareController {
  /// What it moves.
  fileprivate var label: (String, String) {
    configuration.channel.map { ("channel", $0) } ?? ("objective", configuration.objective ?? "")
  }
}

extension PrometheusText {
  fileprivate mutating func single(_ name: String, _ type: String, _ help: String, _ value: String)
  {
    family(name, type, help)
    sample(name, [], value)
  }

  fileprivate mutating func counts(
    _ name: String, _ help: String, _ label: String, _ counts: [String: UInt64]
  ) {
    family(name, "counter", help)
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      sample(name, [(label, value)], "\(count)")
    }
  }
}
