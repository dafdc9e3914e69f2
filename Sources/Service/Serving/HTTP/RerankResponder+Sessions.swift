import EventIngest
import EventLogs
import Foundation
import Hummingbird
import JSON
import SessionState
import Sessions

extension RerankResponder {
  /// `POST /v1/sessions/{id}/rerank`: what a user saw and did on a list, and the rest of it again.
  func rerankSession(_ request: Request, _ visit: inout Visit) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    let arrival = ContinuousClock.now
    visit.bytes = bytes.count
    let sent = Route.session(in: request.uri.path) ?? ""
    let session = sent.removingPercentEncoding ?? sent
    guard let pages = service.pages else {
      return refuse(
        .unavailable, "expected serving.history, got none: this service remembers no lists", visit)
    }
    guard let page = pages[session: session] else {
      return refuse(
        .notFound,
        "expected the request_id of a list that was served lately, got one that is not known; rank "
          + "anew with /v1/rerank", visit)
    }
    let event: SessionEvent
    do throws(RankErrors) {
      event = try SessionEvent(
        bytes, about: page.list, left: page.items.count, kinds: service.pipeline.feedbackKinds,
        now: Date().timeIntervalSince1970)
    } catch {
      visit.fault = error.faults.first.map(\.description)
      return Reply.problem(Problem(error), requestID: visit.id)
    }
    if let refusal = take(event.interactions, visit) { return refusal }
    let triggers = service.pipeline.configuration.history?.triggers ?? .init()
    let advanced = pages.advance(
      session, seen: event.seen,
      isTrigger: event.interactions.contains { triggers.types.contains($0.type) },
      exposures: triggers.exposures)
    guard let (rest, isDue) = advanced, isDue else {
      return unchanged(page, left: advanced?.page.items ?? [])
    }
    let name = "\(session).\(rest.rounds + 1)"
    guard let asked = rest.request(named: name) else { return unchanged(page, left: rest.items) }
    let (reply, list) = await served(asked, name, &visit, arrival)
    if let list { pages.replace(session, by: list.items.map(\.id), as: name) }
    return reply
  }

  /// The list is not worth ranking again.
  private func unchanged(_ page: ServedPages.Page, left: [String]) -> Reply {
    Reply.json(200, ["reranked": false, "items": left.listed, "list": .string(page.list)])
  }

  /// Logs interactions and gives them to the users' histories; a refusal when they cannot be logged.
  func take(_ interactions: [InteractionEvent], _ visit: Visit) -> Reply? {
    guard !interactions.isEmpty else { return nil }
    // All of a request or none of it, so that asking again doubles nothing.
    let lines = interactions.map(\.line).joined(separator: [UInt8(ascii: "\n")])
    if let log = service.feedback, log.state.degraded || !log.append(Array(lines)) {
      metrics.count(\.interactions, "refused", by: interactions.count)
      return refuse(.unavailable, "the feedback log cannot be written now; ask again later", visit)
    }
    if let sessions = service.sessions {
      service.remember { _ = try sessions.add(interactions) }
    }
    service.pipeline.monitor?.observe(interactions)
    metrics.count(\.interactions, "accepted", by: interactions.count)
    return nil
  }
}

extension [String] {
  /// Ids as items of a list.
  fileprivate var listed: JSONValue {
    .array(
      enumerated().map { ["id": .string($1), "position": .number(Double($0 + 1))] })
  }
}

extension ServedPages.Page {
  /// The request again, without what was seen, for as many places as are left.
  ///
  /// - Parameter name: its id.
  fileprivate func request(named name: String) -> [UInt8]? {
    guard case .object(let members)? = try? JSONScanner.parse(body) else { return nil }
    let gone = Set(seen)
    // Where an item was to stand means nothing in what is left; the user's history has grown.
    let dropped = ["items", "size", "request_id", "pins", "require", "history"]
    var rest = members.filter { !dropped.contains($0.key) }
    let candidates = members.first { $0.key == "items" }?.value
    guard case .array(let all)? = candidates else { return nil }
    let left = all.filter { item in
      ((try? item.required("id").identifier(at: "")).map { !gone.contains($0) }) ?? false
    }
    rest.append(("items", .array(left)))
    rest.append(("size", .number(Double(Swift.min(items.count, left.count)))))
    rest.append(("request_id", .string(name)))
    return JSONValue.object(rest).serialized()
  }
}
