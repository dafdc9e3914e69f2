import Hummingbird
import JSON
import Logging
import Sessions
import Steering
import StrictYAML

extension RerankResponder {
  /// `POST /v1/presets`: a preset that holds until the configuration is read again or the service ends.
  func publishPreset(_ request: Request, _ visit: inout Visit) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    let (name, preset): (String, Preset)
    do throws(RankErrors) {
      (name, preset) = try readBody(bytes) { json throws(FieldError) in
        _ = try json.fields(at: "")
        try json.refuseUnknownKeys(["name", "weights", "strategy"], at: "")
        let name = try json.required("name", at: "").identifier(at: "/name")
        let weights = try RankRequest.weights(json.required("weights", at: ""))
        let strategy = try json.optional("strategy").map { value throws(FieldError) in
          try ListStrategy(json: value)
        }
        return (name, Preset(weights: weights, strategy: strategy))
      }
    } catch {
      return Reply.problem(Problem(error), requestID: visit.id)
    }
    do {
      var next = service.pipeline.configuration
      let replaced = next.steering.presets.updateValue(preset, forKey: name) != nil
      try service.reconfigure(next)
      logger.info(
        "preset published",
        metadata: ["request_id": "\(visit.id)", "preset": "\(name)", "replaced": "\(replaced)"])
      return Reply.json(200, ["name": .string(name), "replaced": .bool(replaced)])
    } catch {
      // An unknown objective, or weights that are all 0: the old presets stay.
      return Reply.problem(
        Problem(RankErrors([RankError(.constraint, pointer: "/weights", detail: "\(error)")])),
        requestID: visit.id)
    }
  }
}
