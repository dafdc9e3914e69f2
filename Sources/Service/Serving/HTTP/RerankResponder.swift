import Hummingbird
import Logging
import Sessions

/// Answers every HTTP request; never throws, so that no fault ends a connection without words.
///
/// A router would need middleware for 401, 404, 405, metrics and logs; fixed paths do not.
struct RerankResponder: HTTPResponder {
  typealias Context = VisitContext
  typealias FieldName = HTTPFields.Element.Name

  let service: RankingService
  let models: ModelLoading
  let pool: RankingPool
  let keys: AccessKeys
  let metrics: ServingMetrics
  let identity: RequestIdentity
  /// Reads the configuration again; nil where it does not come from a file.
  let configuration: (@Sendable () throws -> ServingConfiguration)?
  let logger: Logger

  func respond(to request: Request, context: Context) async throws -> Response {
    metrics.enter()
    defer { metrics.leave() }
    let start = ContinuousClock.now
    let name = FieldName("X-Request-Id")
    let id = identity.id(proposed: name.flatMap { request.headers[$0] })
    var visit = Visit(
      route: Route(path: request.uri.path), id: id, connection: context.connection)
    var reply = await answer(request, &visit)
    if let name { reply.headers[name] = id }
    share(&reply, with: request)
    reply.pack(accepting: request.headers[.acceptEncoding])
    // A body that was held back may come all the same, or not; no request can follow it.
    let isUnread = request.isBodyHeldBack && !visit.isBodyWanted
    // Clients that keep connections open are to look for another server while this one drains.
    if (reply.isLast || isUnread || metrics.isDraining) && !context.connection.isStream {
      reply.headers[.connection] = "close"
    }
    visit.seconds = (ContinuousClock.now - start).seconds
    visit.status = reply.status
    metrics.record(visit)
    log(visit, request)
    return request.method == .head ? reply.response.createHeadResponse() : reply.response
  }

  private func answer(_ request: Request, _ visit: inout Visit) async -> Reply {
    let route = visit.route
    guard visit.connection.isStream || request.head.authority != nil else {
      return refuse(.badHost, "expected exactly one header Host, got none or several", visit)
    }
    if request.method == .options, route != .other || request.head.path == "*" {
      return options(request, visit)
    }
    guard !route.methods.isEmpty else {
      let paths = Route.allCases.filter { $0 != .other }.map(\.rawValue)
      return refuse(.notFound, "the paths are \(paths.joined(separator: ", "))", visit)
    }
    // The inference protocol has paths with methods of their own.
    guard route == .inference || route.methods.contains(request.method.rawValue) else {
      let allowed = route.methods.joined(separator: ", ")
      var reply = refuse(.methodNotAllowed, "\(route.rawValue) answers \(allowed)", visit)
      reply.headers[.allow] = allowed
      return reply
    }
    if let (kind, detail) = keys.refusal(route, authorization: request.headers[.authorization]) {
      return refuse(kind, detail, visit)
    }
    switch route {
    case .rerank: return await rerank(request, &visit)
    case .feedback: return await feedback(request, &visit)
    case .sessionRerank: return await rerankSession(request, &visit)
    case .modelLoad: return await loadModel(request, &visit)
    case .configurationReload: return reloadConfiguration(&visit)
    case .presets: return await publishPreset(request, &visit)
    case .inference, .inferenceHealth: return await inference(request, &visit)
    default: return page(request, visit)
    }
  }

  func refuse(_ kind: Problem.Kind, _ detail: String, _ visit: Visit) -> Reply {
    visit.route == .inference
      ? Reply.inferenceError(kind, detail)
      : Reply.problem(Problem(kind, detail: detail), requestID: visit.id)
  }

  private func log(_ visit: Visit, _ request: Request) {
    let isFailure = visit.status >= 500 || visit.fault != nil && visit.status < 400
    // A probe that says "not ready" says what it should. A line per answer is for whoever asks for it:
    // the metrics count answers, and the event log has the decisions.
    let level: Logger.Level = isFailure && !visit.route.isProbe ? .error : .debug
    if visit.rankings.count > 1 {
      for ranking in visit.rankings {
        let metadata = ranking.metadata.merging(["request_id": "\(ranking.id)"]) { $1 }
        logger.log(level: .debug, "ranking", metadata: metadata)
      }
    }
    logger.log(level: level, "request", metadata: visit.metadata(method: request.method.rawValue))
  }
}

extension Request {
  /// Whether the client waits to be told to send its body.
  var isBodyHeldBack: Bool { headers[.expect]?.lowercased() == "100-continue" }
}
