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
    guard service.feedback != nil || service.sessions != nil else {
      metrics.count(\.interactions, "refused", by: count)
      return refuse(
        .unavailable, "expected a log for feedback, got none; set serving.log.folder", visit)
    }
    if let refusal = take(feedback.interactions, visit) { return refusal }
    return Reply.json(202, ["accepted": .number(Double(count))])
  }
}
