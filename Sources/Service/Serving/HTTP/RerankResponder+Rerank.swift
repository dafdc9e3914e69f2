import Hummingbird
import Sessions

extension RerankResponder {
  /// What one ranking gave on its thread.
  struct Outcome: Sendable {
    var result: Result<RankAnswer, RankErrors>
    var body: [UInt8] = []
    var timing: RankPipeline.Timing
  }

  /// `POST /v1/rerank`
  func rerank(_ request: Request, _ visit: inout Visit) async -> Response {
    let arrival = ContinuousClock.now
    let bytes: [UInt8]
    switch await body(of: request) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    visit.bytes = bytes.count
    let outcome: Outcome
    do throws(RankingPool.QueueError) {
      outcome = try await rank(bytes, visit.id, arrival)
    } catch {
      return shed(error, visit)
    }
    visit.timing = outcome.timing
    switch outcome.result {
    case .success(let answer):
      visit.listed = answer.response.items.count
      visit.origin = answer.response.origin
      visit.steering = answer.response.steering
      visit.weights = answer.response.weights
      visit.fault = answer.failure
      return Reply.bytes(200, outcome.body, type: "application/json")
    case .failure(let faults):
      visit.fault = faults.faults.first.map(\.description)
      return Reply.problem(Problem(faults), requestID: visit.id)
    }
  }

  /// Ranks on a thread of the pool; what is served is logged and counted.
  func rank(
    _ bytes: [UInt8], _ id: String, _ arrival: ContinuousClock.Instant
  ) async throws(RankingPool.QueueError) -> Outcome {
    let pipeline = service.pipeline
    let timing = RankPipeline.Timing()
    return try await pool.run(pipeline.configuration.limits) { [service, timing] in
      var timing = timing
      timing.finish(.queue)
      do throws(RankErrors) {
        let answer = try pipeline.answer(bytes, requestID: id, arrival: arrival, timing: &timing)
        let body = answer.response.serialized
        service.served(answer, by: pipeline)
        timing.finish(.write)
        return Outcome(result: .success(answer), body: body, timing: timing)
      } catch {
        return Outcome(result: .failure(error), timing: timing)
      }
    }
  }

  private func shed(_ refusal: RankingPool.QueueError, _ visit: Visit) -> Response {
    let limits = service.pipeline.configuration.limits
    switch refusal {
    case .full:
      metrics.count(\.shed, "full")
      return refuse(
        .tooManyWaiting, "\(limits.waiting) requests are waiting already; ask again later", visit)
    case .late:
      metrics.count(\.shed, "late")
      return refuse(
        .unavailable, "waited for more than \(limits.queueMilliseconds) ms; ask again later", visit)
    case .stopped:
      metrics.count(\.shed, "stopped")
      return refuse(.unavailable, "the server is stopping; ask another one", visit)
    }
  }

  func reply(_ refusal: BodyError, _ visit: Visit) -> Response {
    var response = Reply.problem(refusal.problem, requestID: visit.id)
    if refusal.problem.kind == .unsupportedMediaType, let name = FieldName("Accept-Post") {
      response.headers[name] = "application/json"
    }
    return response
  }
}
