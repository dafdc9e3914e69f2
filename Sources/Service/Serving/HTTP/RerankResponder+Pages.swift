import EventLogs
import Hummingbird
import JSON
import Logging
import ServiceAssets
import Sessions
import Steering

/// What is only read.
extension RerankResponder {
  func page(_ request: Request, _ visit: Visit) -> Reply {
    let pipeline = service.pipeline
    switch visit.route {
    case .model:
      guard pipeline.ranker != nil else {
        return refuse(.unavailable, "no model is loaded yet; ask again later", visit)
      }
      return Reply.json(200, pipeline.model.json)
    case .steering: return Reply.json(200, pipeline.steeringJSON)
    case .status: return Reply.json(200, status(pipeline))
    case .samples: return samples(pipeline, visit)
    case .report: return report(pipeline, visit)
    case .health: return Reply.json(200, ["status": "ok"])
    case .readiness:
      if metrics.isReady { return Reply.json(200, ["status": "ready"]) }
      let reason =
        metrics.isDraining ? "stopping" : pipeline.ranker == nil ? "no model" : "warming up"
      return Reply.json(503, ["status": .string(reason)])
    case .metrics:
      return Reply.bytes(
        200, Array(metrics.text(service, waiting: pool.waiting).utf8),
        type: "text/plain; version=0.0.4; charset=utf-8")
    case .interface: return asset("openapi.json", visit)
    case .root:
      var reply = Reply.json(302, ["console": "/console"])
      reply.headers[.location] = "/console"
      return reply
    default:
      let name = request.uri.path.dropFirst(Route.console.rawValue.count).drop { $0 == "/" }
      return asset(name.isEmpty ? "console.html" : String(name), visit)
    }
  }

  private func asset(_ name: String, _ visit: Visit) -> Reply {
    guard let asset = ServiceAsset(name) else {
      return refuse(.notFound, "expected a file of the console, got another name", visit)
    }
    var reply = Reply.bytes(200, asset.bytes, type: asset.type)
    reply.headers[.contentSecurityPolicy] = ServiceAsset.policy
    reply.headers[.xContentTypeOptions] = "nosniff"
    return reply
  }

  private func status(_ pipeline: RankPipeline) -> JSONValue {
    let (now, recent) = (metrics.now, metrics.recent.summary)
    func sum(_ range: Range<Int>) -> Double {
      Double(now.answered.reduce(0) { $0 + (range.contains($1.key.status) ? $1.value : 0) })
    }
    func total(_ counts: [String: UInt64]) -> Double {
      Double(counts.reduce(0) { $0 + $1.value })
    }
    func counts(_ counts: [String: UInt64]) -> JSONValue {
      .object(
        counts.sorted { $0.key < $1.key }.map { (key: $0.key, value: .number(Double($0.value))) })
    }
    let logs = [service.decisions, service.feedback].compactMap { $0?.state }
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return [
      "ready": .bool(metrics.isReady), "draining": .bool(metrics.isDraining),
      "uptime_s": .number((ContinuousClock.now - metrics.start).seconds.rounded()),
      "model": .string(pipeline.model.name), "version": .string(pipeline.model.version),
      "in_flight": .number(Double(metrics.inFlight)), "waiting": .number(Double(pool.waiting)),
      "answered": .number(sum(0..<1000)), "failed": .number(sum(500..<600)),
      "rejected": .number(sum(400..<500)), "fallbacks": .number(total(now.fallbacks)),
      "requests_per_s": .number(recent.perSecond),
      "latency_ms": [
        "p50": number(recent.p50), "p95": number(recent.p95), "p99": number(recent.p99),
      ],
      "log": [
        "degraded": .bool(logs.contains { $0.degraded }),
        "dropped": .number(Double(logs.reduce(0) { $0 + $1.dropped })),
        "written": .number(Double(logs.reduce(0) { $0 + $1.written })),
        "deleted_files": .number(Double(logs.reduce(0) { $0 + $1.deletedSegments })),
      ],
      "features": ["changed": counts(now.changedFeatures), "unseen": counts(now.unseenFeatures)],
      "reloads": [
        "accepted": .number(Double(now.modelReloads["accepted"] ?? 0)),
        "refused": .number(Double(now.modelReloads["refused"] ?? 0)),
      ],
      "refused_checkpoint": models.refusal.map { ["name": .string($0.name)] } ?? .null,
    ]
  }

  private func samples(_ pipeline: RankPipeline, _ visit: Visit) -> Reply {
    do {
      return Reply.json(200, ["samples": .array(try pipeline.configuration.console.samples())])
    } catch {
      logger.error("samples", metadata: ["request_id": "\(visit.id)", "reason": "\(error)"])
      return refuse(.unavailable, "the session file cannot be read; the log has the reason", visit)
    }
  }

  private func report(_ pipeline: RankPipeline, _ visit: Visit) -> Reply {
    guard let bytes = pipeline.configuration.console.reportBytes() else {
      return refuse(
        .notFound,
        "there is no report; write one with fader evaluate --json and name it in "
          + "serving.console.report", visit)
    }
    return Reply.bytes(200, bytes, type: "application/json")
  }
}

extension RankPipeline {
  /// Presets, rules and controllers, as people see them.
  fileprivate var steeringJSON: JSONValue {
    let steering = configuration.steering
    let presets = steering.presets.sorted { $0.key < $1.key }.map { name, preset in
      var members: [(key: String, value: JSONValue)] = [
        (
          "weights",
          .object(preset.weights.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })
        )
      ]
      if let strategy = preset.strategy { members.append(("strategy", strategy.json)) }
      let controlled = controllers.objectives.filter { preset.weights[$0] != nil }
      if !controlled.isEmpty {
        members.append(("controlled", .array(controlled.map { .string($0) })))
      }
      return (key: name, value: JSONValue.object(members))
    }
    var members: [(key: String, value: JSONValue)] = [("presets", .object(presets))]
    if let name = steering.default { members.append(("default", .string(name))) }
    members.append(("rules", .array(steering.rules.map(\.json))))
    members.append(("controllers", .array(controllers.controllers.map(\.json))))
    return .object(members)
  }
}

extension SteeringRule {
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("name", .string(name))]
    if let preset { members.append(("preset", .string(preset))) }
    if let split {
      let arms = split.map { arm -> JSONValue in
        ["preset": .string(arm.preset), "share": .number(arm.share)]
      }
      members.append(("arms", .array(arms)))
    }
    return .object(members)
  }
}

extension ShareController {
  fileprivate var json: JSONValue {
    [
      configuration.channel == nil ? "objective" : "channel":
        .string(configuration.objective ?? configuration.channel ?? ""),
      "target": .number(configuration.target),
      "share": share.map { .number($0) } ?? .null, "weight": .number(weight),
      "minimum": .number(configuration.minimum), "maximum": .number(configuration.maximum),
      "saturated": .bool(isSaturated),
    ]
  }
}
