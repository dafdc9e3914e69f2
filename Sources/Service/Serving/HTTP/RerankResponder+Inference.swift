import Hummingbird
import JSON
import Sessions

/// The Open Inference Protocol, version 2, over HTTP: each element of the tensor `request` is a body
/// of `POST /v1/rerank`, each of `response` its answer or its problem.
extension RerankResponder {
  /// Requests of one inference at most.
  static let mostInferences = 64
  private static let headerLength = FieldName("Inference-Header-Content-Length")

  func inference(_ request: Request, _ visit: inout Visit) async -> Reply {
    let model = service.pipeline.model
    guard let path = InferencePath(request.uri.path), path.fits(model) else {
      return Reply.inferenceError(.notFound, "there is no such path, model or version")
    }
    guard path.action.methods.contains(request.method.rawValue) else {
      let methods = path.action.methods.joined(separator: ", ")
      var reply = Reply.inferenceError(.methodNotAllowed, "expected \(methods)")
      reply.headers[.allow] = methods
      return reply
    }
    switch path.action {
    case .server:
      return Reply.json(
        200, ["name": "fader", "version": "1", "extensions": ["binary_tensor_data"]])
    case .live: return Reply.json(200, ["live": true])
    case .ready: return ready(path, model)
    case .metadata: return metadata(model)
    case .infer: return await infer(request, &visit, model)
    }
  }

  private func ready(_ path: InferencePath, _ model: ModelDescription) -> Reply {
    var members: [(key: String, value: JSONValue)] = [("ready", .bool(metrics.isReady))]
    if let name = path.model { members.insert(("name", .string(name)), at: 0) }
    return Reply.json(metrics.isReady ? 200 : 503, .object(members))
  }

  private func metadata(_ model: ModelDescription) -> Reply {
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

  private func infer(
    _ request: Request, _ visit: inout Visit, _ model: ModelDescription
  ) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit, or: ["application/octet-stream"]) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    let arrival = ContinuousClock.now
    visit.bytes = bytes.count
    let inference: InferenceRequest
    do throws(FieldError) {
      inference = try InferenceRequest(
        bytes, headerLength: Self.headerLength.flatMap { request.headers[$0] }, model: model.name,
        most: RerankResponder.mostInferences)
    } catch {
      visit.fault = "\(error)"
      return Reply.inferenceError(.badInference, "\(error)")
    }
    var outcomes: [(id: String, outcome: Outcome)] = []
    for (number, body) in inference.requests.enumerated() {
      // One of them is this request's own; several have names of their own.
      let id = inference.requests.count == 1 ? visit.id : "\(visit.id)-\(number)"
      do throws(RankingPool.QueueError) {
        let outcome = try await rank(body, id, visit, arrival, isServed: false)
        if case .success(let answer) = outcome.result, answer.isAbandoned {
          return abandoned(visit)
        }
        outcomes.append((id, outcome))
      } catch {
        return shed(error, visit)
      }
    }
    // All of them or none: whoever asks again after a refusal is not counted twice.
    let answers = outcomes.map { served($0.outcome, $0.id, &visit) }
    return Self.reply(inference, answers, service.pipeline.model)
  }

  /// Logs and counts one ranking of an inference; gives its answer, or its problem.
  private func served(_ outcome: Outcome, _ id: String, _ visit: inout Visit) -> [UInt8] {
    visit.rankings.append(RankingVisit(id: id, outcome))
    switch outcome.result {
    case .success(let answer):
      if visit.fault == nil { visit.fault = answer.failure }
      service.served(answer, by: outcome.pipeline)
      return outcome.body
    case .failure(let faults):
      if visit.fault == nil { visit.fault = faults.faults.first.map(\.description) }
      var problem = Problem(faults)
      problem.requestID = id
      return problem.json.serialized()
    }
  }

  private static func reply(
    _ inference: InferenceRequest, _ answers: [[UInt8]], _ model: ModelDescription
  ) -> Reply {
    let tensor = inference.wantsBytes ? TextTensor.bytes(answers) : []
    var output: [(key: String, value: JSONValue)] = [
      ("name", "response"), ("datatype", "BYTES"),
      ("shape", .array(inference.shape.map { .number(Double($0)) })),
    ]
    output.append(
      inference.wantsBytes
        ? ("parameters", ["binary_data_size": .number(Double(tensor.count))])
        : ("data", .array(answers.map { .string(String(decoding: $0, as: UTF8.self)) })))
    var members: [(key: String, value: JSONValue)] = [
      ("model_name", .string(model.name)), ("model_version", .string(model.version)),
    ]
    if let id = inference.id { members.append(("id", .string(id))) }
    members.append(("outputs", [.object(output)]))
    guard inference.wantsBytes else { return Reply.json(200, .object(members)) }
    let json: [UInt8] = JSONValue.object(members).serialized()
    var reply = Reply.bytes(200, json + tensor, type: "application/octet-stream")
    if let name = headerLength { reply.headers[name] = "\(json.count)" }
    return reply
  }
}
