import EventLogs
import Foundation
import Hummingbird
import JSON
import Sessions

extension RerankResponder {
  /// `POST /v1/feedback`: what users did, into the event log.
  func feedback(_ request: Request, _ visit: inout Visit) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    visit.bytes = bytes.count
    let feedback: FeedbackRequest
    do throws(RankErrors) {
      feedback = try FeedbackRequest(
        bytes, kinds: service.pipeline.feedbackKinds, now: Date().timeIntervalSince1970)
    } catch {
      visit.fault = error.faults.first.map(\.description)
      return Reply.problem(Problem(error), requestID: visit.id)
    }
    let count = feedback.interactions.count
    guard let log = service.feedback else {
      metrics.count(\.interactions, "refused", by: count)
      return refuse(
        .unavailable, "expected a log for feedback, got none; set serving.log.folder", visit)
    }
    // All of a request or none of it, so that asking again doubles nothing.
    let lines = feedback.interactions.map(\.line).joined(separator: [UInt8(ascii: "\n")])
    guard !log.state.degraded, log.append(Array(lines)) else {
      metrics.count(\.interactions, "refused", by: count)
      return refuse(.unavailable, "the feedback log cannot be written now; ask again later", visit)
    }
    metrics.count(\.interactions, "accepted", by: count)
    return Reply.json(202, ["accepted": .number(Double(count))])
  }
}
