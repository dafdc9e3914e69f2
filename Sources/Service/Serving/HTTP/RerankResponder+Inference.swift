import Hummingbird
import JSON
import Sessions

/// The Open Inference Protocol, version 2, over HTTP: each element of the tensor `request` is a body
/// of `POST /v1/rerank`, each of `response` its answer or its problem.
extension RerankResponder {
  /// Requests of one inference at most.
  static let mostInferences = 64

  func inference(_ request: Request, _ visit: inout Visit) async -> Response {
    let steps = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
      .dropFirst(2).map(String.init)
    let asked = Asked(steps)
    let model = service.pipeline.model
    guard let asked, asked.fits(model) else { return unknown("path, model or version") }
    let allowed = asked.action == .infer ? ["POST"] : ["GET", "HEAD"]
    guard allowed.contains(request.method.rawValue) else {
      let methods = allowed.joined(separator: ", ")
      var response = Reply.json(405, ["error": .string("expected \(methods)")])
      response.headers[.allow] = methods
      return response
    }
    switch asked.action {
    case .server: return Reply.json(200, ["name": "fader", "version": "1", "extensions": []])
    case .live: return Reply.json(200, ["live": true])
    case .ready: return ready()
    case .metadata: return metadata(model)
    case .infer: return await infer(request, &visit)
    }
  }

  /// A path of the protocol.
  private struct Asked {
    enum Action { case server, live, ready, metadata, infer }

    var action: Action
    var model: String?
    var version: String?

    /// nil for a path that the protocol does not have.
    init?(_ steps: [String]) {
      switch steps {
      case []: action = .server
      case ["health", "live"]: action = .live
      case ["health", "ready"]: action = .ready
      default:
        guard steps.count >= 2, steps[0] == "models" else { return nil }
        model = steps[1]
        var rest = steps.dropFirst(2)
        if rest.first == "versions", rest.count >= 2 {
          version = rest.dropFirst().first
          rest = rest.dropFirst(2)
        }
        switch Array(rest) {
        case []: action = .metadata
        case ["ready"]: action = .ready
        case ["infer"]: action = .infer
        default: return nil
        }
      }
    }

    /// Before a model is loaded it has no name to go by.
    func fits(_ description: ModelDescription) -> Bool {
      if let model, model != description.name, !description.name.isEmpty { return false }
      return version.map { $0 == description.version } ?? true
    }
  }

  private func unknown(_ what: String) -> Response {
    Reply.json(404, ["error": .string("there is no such \(what)")])
  }

  private func ready() -> Response {
    Reply.json(metrics.isReady ? 200 : 503, ["ready": .bool(metrics.isReady)])
  }

  private func metadata(_ model: ModelDescription) -> Response {
    func tensor(_ name: String) -> JSONValue {
      ["name": .string(name), "datatype": "BYTES", "shape": [-1]]
    }
    return Reply.json(
      200,
      [
        "name": .string(model.name), "versions": [.string(model.version)], "platform": "fader",
        "inputs": [tensor("request")], "outputs": [tensor("response")],
      ])
  }

  private func infer(_ request: Request, _ visit: inout Visit) async -> Response {
    let arrival = ContinuousClock.now
    let bytes: [UInt8]
    switch await body(of: request) {
    case .success(let collected): bytes = collected
    case .failure(let refusal):
      return Reply.json(
        refusal.problem.kind.status, ["error": .string(refusal.problem.detail)])
    }
    visit.bytes = bytes.count
    let inference: InferenceRequest
    do throws(FieldError) {
      inference = try InferenceRequest(bytes, most: RerankResponder.mostInferences)
    } catch {
      visit.fault = "\(error)"
      return Reply.json(400, ["error": .string("\(error)")])
    }
    var answers: [JSONValue] = []
    for (number, body) in inference.requests.enumerated() {
      // One of them is this request's own; several have names of their own.
      let id = inference.requests.count == 1 ? visit.id : "\(visit.id)-\(number)"
      do throws(RankingPool.QueueError) {
        let outcome = try await rank(Array(body.utf8), id, arrival)
        switch outcome.result {
        case .success: answers.append(.string(String(decoding: outcome.body, as: UTF8.self)))
        case .failure(let faults):
          var problem = Problem(faults)
          problem.requestID = id
          answers.append(.string(problem.json.serialized()))
        }
      } catch {
        metrics.count(\.shed, "\(error)")
        var response = Reply.json(
          error == .full ? 429 : 503, ["error": "the service has no room now; ask again later"])
        response.headers[.retryAfter] = "1"
        return response
      }
    }
    let model = service.pipeline.model
    var members: [(key: String, value: JSONValue)] = [
      ("model_name", .string(model.name)), ("model_version", .string(model.version)),
    ]
    if let id = inference.id { members.append(("id", .string(id))) }
    members.append(
      (
        "outputs",
        [
          [
            "name": "response", "datatype": "BYTES", "shape": [.number(Double(answers.count))],
            "data": .array(answers),
          ]
        ]
      ))
    return Reply.json(200, .object(members))
  }
}
