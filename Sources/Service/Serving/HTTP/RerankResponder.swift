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
    var visit = Visit(route: Route(path: request.uri.path), id: id)
    var response = await answer(request, &visit)
    if let name { response.headers[name] = id }
    // Clients that keep connections open are to look for another server.
    if metrics.isDraining { response.headers[.connection] = "close" }
    visit.seconds = (ContinuousClock.now - start).seconds
    visit.status = Int(response.status.code)
    // Otherwise what is left of the body would be waited for.
    if response.status == .requestTimeout { context.closeSoon() }
    metrics.record(visit)
    log(visit, request)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ request: Request, _ visit: inout Visit) async -> Response {
    let route = visit.route
    guard !route.methods.isEmpty else {
      let paths = Route.allCases.filter { $0 != .other }.map(\.rawValue)
      return refuse(.notFound, "the paths are \(paths.joined(separator: ", "))", visit)
    }
    // The inference protocol has paths with methods of their own.
    guard route == .inference || route.methods.contains(request.method.rawValue) else {
      let allowed = route.methods.joined(separator: ", ")
      var response = refuse(.methodNotAllowed, "\(route.rawValue) answers \(allowed)", visit)
      response.headers[.allow] = allowed
      return response
    }
    if let (kind, detail) = keys.refusal(route, authorization: request.headers[.authorization]) {
      return refuse(kind, detail, visit)
    }
    switch route {
    case .rerank: return await rerank(request, &visit)
    case .feedback: return await feedback(request, &visit)
    case .modelLoad: return await loadModel(request, &visit)
    case .configurationReload: return reloadConfiguration(&visit)
    case .inference: return await inference(request, &visit)
    default: return page(request, visit)
    }
  }

  func refuse(_ kind: Problem.Kind, _ detail: String, _ visit: Visit) -> Response {
    Reply.problem(Problem(kind, detail: detail), requestID: visit.id)
  }

  private func log(_ visit: Visit, _ request: Request) {
    let isFailure = visit.status >= 500 || visit.fault != nil && visit.status < 400
    // A probe that says "not ready" says what it should. A line per answer is for whoever asks for it:
    // the metrics count answers, and the event log has the decisions.
    let level: Logger.Level = isFailure && !visit.route.isProbe ? .error : .debug
    logger.log(level: level, "request", metadata: visit.metadata(method: request.method.rawValue))
  }
}
