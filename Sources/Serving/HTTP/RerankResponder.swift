import Hummingbird
import Logging
import Sessions

/// Answers every HTTP request; never throws, so that no fault ends a connection without words.
///
/// A router would need middleware for 404, 405, metrics and logs; five fixed paths do not.
struct RerankResponder: HTTPResponder {
  typealias Context = BasicRequestContext
  typealias FieldName = HTTPFields.Element.Name

  let pipeline: RankPipeline
  let metrics: ServingMetrics
  let identity: RequestIdentity
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
    visit.seconds = (ContinuousClock.now - start).seconds
    visit.status = Int(response.status.code)
    metrics.record(visit)
    log(visit, request)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ request: Request, _ visit: inout Visit) async -> Response {
    let methods = visit.route.methods
    guard !methods.isEmpty else {
      let paths = Route.allCases.filter { $0 != .other }.map(\.rawValue)
      return reply(
        Problem(.notFound, detail: "the paths are \(paths.joined(separator: ", "))"), visit)
    }
    guard methods.contains(request.method.rawValue) else {
      let allowed = methods.joined(separator: ", ")
      var response = reply(
        Problem(.methodNotAllowed, detail: "\(visit.route.rawValue) answers \(allowed)"), visit)
      response.headers[.allow] = allowed
      return response
    }
    switch visit.route {
    case .rerank: return await rerank(request, &visit)
    case .model: return reply(200, pipeline.model.json)
    case .health: return reply(200, ["status": "ok"])
    case .readiness:
      return metrics.isReady
        ? reply(200, ["status": "ready"]) : reply(503, ["status": "warming up"])
    case .metrics, .other:
      return reply(
        200, Array(metrics.text(model: pipeline.model).utf8),
        type: "text/plain; version=0.0.4; charset=utf-8")
    }
  }

  private func rerank(_ request: Request, _ visit: inout Visit) async -> Response {
    let bytes: [UInt8]
    switch await body(of: request) {
    case .success(let collected): bytes = collected
    case .failure(let refusal):
      var response = reply(refusal.problem, visit)
      if refusal.problem.kind == .unsupportedMediaType, let name = FieldName("Accept-Post") {
        response.headers[name] = "application/json"
      }
      return response
    }
    visit.bytes = bytes.count
    do {
      let answer = try pipeline.answer(bytes, requestID: visit.id, timing: &visit.timing)
      visit.listed = answer.items.count
      return reply(200, answer.serialized, type: "application/json")
    } catch let faults as RankFaults {
      visit.fault = faults.faults.first.map(\.description)
      return reply(Problem(faults), visit)
    } catch {
      // The log says what happened; the client only learns where to look.
      visit.fault = "\(error)"
      return reply(
        Problem(.internalFailure, detail: "the log has the reason under this request_id"), visit)
    }
  }

  private func reply(_ problem: Problem, _ visit: Visit) -> Response {
    var named = problem
    named.requestID = visit.id
    return reply(problem.kind.status, named.json, type: "application/problem+json")
  }

  private func reply(
    _ status: Int, _ json: JSONValue, type: String = "application/json"
  ) -> Response {
    let bytes: [UInt8] = json.serialized()
    return reply(status, bytes, type: type)
  }

  private func reply(_ status: Int, _ bytes: [UInt8], type: String) -> Response {
    Response(
      status: HTTPResponse.Status(integerLiteral: status),
      headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private func log(_ visit: Visit, _ request: Request) {
    let level: Logger.Level =
      visit.status >= 500 ? .error : visit.route.isProbe ? .debug : .info
    logger.log(level: level, "request", metadata: visit.metadata(method: request.method.rawValue))
  }
}
