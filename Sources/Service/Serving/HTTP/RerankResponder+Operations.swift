import Hummingbird
import JSON
import Logging
import Sessions
import StrictYAML

extension RerankResponder {
  /// `POST /v1/model/load`
  func loadModel(_ request: Request, _ visit: inout Visit) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    let name: String?
    do throws(RankErrors) {
      name = try RerankResponder.modelName(bytes)
    } catch {
      return Reply.problem(Problem(error), requestID: visit.id)
    }
    do throws(ModelLoading.LoadingError) {
      let previous = try await models.load(named: name)
      let model = service.pipeline.model
      return Reply.json(
        200,
        [
          "name": .string(model.name), "version": .string(model.version),
          "previous": .string(previous),
        ])
    } catch {
      visit.fault = "\(error)"
      switch error {
      case .bad:
        // Paths and reasons of files are the operator's, who reads the log.
        return refuse(
          .conflict,
          "the checkpoint is not sound or does not fit the configuration; the log has "
            + "the reason, the model before it goes on", visit)
      case .busy: return refuse(.unavailable, "\(error)", visit)
      case .noFolder, .notFound:
        return Reply.problem(
          Problem(
            RankErrors([RankError(.constraint, pointer: "/path", detail: "\(error)")])),
          requestID: visit.id)
      }
    }
  }

  /// The name in `{"path": name}`; nil without one, or for an empty body.
  private static func modelName(_ bytes: [UInt8]) throws(RankErrors) -> String? {
    guard !bytes.isEmpty else { return nil }
    return try readBody(bytes) { json throws(FieldError) in
      _ = try json.fields(at: "")
      try json.refuseUnknownKeys(["path"], at: "")
      return try json.optional("path")?.identifier(at: "/path")
    }
  }

  /// `POST /v1/config/reload`
  func reloadConfiguration(_ visit: inout Visit) -> Reply {
    guard let configuration else {
      return refuse(
        .conflict, "the service was started without a configuration file; start it with --config",
        visit)
    }
    do {
      try service.reconfigure(configuration())
      metrics.count(\.configurationReloads, "accepted")
      logger.info("configuration reloaded", metadata: ["request_id": "\(visit.id)"])
      service.logRemarks(logger)
      return Reply.json(200, ["reloaded": true])
    } catch {
      metrics.count(\.configurationReloads, "refused")
      visit.fault = "\(error)"
      return refuse(.conflict, "\(error)", visit)
    }
  }
}
