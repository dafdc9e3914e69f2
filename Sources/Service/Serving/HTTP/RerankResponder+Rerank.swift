import Hummingbird
import Sessions

extension RerankResponder {
  /// What one ranking gave on its thread.
  struct Outcome: Sendable {
    var result: Result<RankAnswer, RankErrors>
    var body: [UInt8] = []
    var timing: RankPipeline.Timing
    /// What answered, which may have been replaced meanwhile.
    var pipeline: RankPipeline
  }

  /// `POST /v1/rerank`
  func rerank(_ request: Request, _ visit: inout Visit) async -> Reply {
    let bytes: [UInt8]
    switch await body(of: request, &visit) {
    case .success(let collected): bytes = collected
    case .failure(let refusal): return reply(refusal, visit)
    }
    // The deadline is of the service: how long a client takes to send is not its time.
    let arrival = ContinuousClock.now
    visit.bytes = bytes.count
    return await served(bytes, visit.id, &visit, arrival).reply
  }

  /// Ranks and answers.
  ///
  /// - Parameter name: under which the list is logged.
  /// - Returns: the reply, and the list when there is one.
  func served(
    _ bytes: [UInt8], _ name: String, _ visit: inout Visit, _ arrival: ContinuousClock.Instant
  ) async -> (reply: Reply, list: RankResponse?) {
    let outcome: Outcome
    do throws(RankingPool.QueueError) {
      outcome = try await rank(bytes, name, visit, arrival)
    } catch {
      return (shed(error, visit), nil)
    }
    visit.rankings = [RankingVisit(id: name, outcome)]
    switch outcome.result {
    case .success(let answer) where answer.isAbandoned: return (abandoned(visit), nil)
    case .success(let answer):
      visit.fault = answer.failure
      return (Reply.bytes(200, outcome.body, type: "application/json"), answer.response)
    case .failure(let faults):
      visit.fault = faults.faults.first.map(\.description)
      return (Reply.problem(Problem(faults), requestID: visit.id), nil)
    }
  }

  /// Ranks on a thread of the pool; what is served is logged and counted.
  ///
  /// - Parameter isServed: false leaves logging and counting to the caller, who may serve nothing.
  func rank(
    _ bytes: [UInt8], _ id: String, _ visit: Visit, _ arrival: ContinuousClock.Instant,
    isServed: Bool = true
  ) async throws(RankingPool.QueueError) -> Outcome {
    let pipeline = service.pipeline
    let timing = RankPipeline.Timing()
    let connection = visit.connection
    let caller = Caller { connection.hasLeft(since: arrival) }
    return try await pool.run(pipeline.configuration.limits) { [service, timing] in
      var timing = timing
      timing.finish(.queue)
      do throws(RankErrors) {
        let answer = try pipeline.answer(
          bytes, requestID: id, arrival: arrival, caller: caller, timing: &timing)
        let body = answer.isAbandoned ? [] : answer.response.serialized
        if isServed { service.served(answer, by: pipeline) }
        timing.finish(.write)
        return Outcome(result: .success(answer), body: body, timing: timing, pipeline: pipeline)
      } catch {
        return Outcome(result: .failure(error), timing: timing, pipeline: pipeline)
      }
    }
  }

  func abandoned(_ visit: Visit) -> Reply {
    refuse(.clientLeft, "the client has closed its side and the list was given up", visit)
  }

  func shed(_ refusal: RankingPool.QueueError, _ visit: Visit) -> Reply {
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

  func reply(_ refusal: BodyError, _ visit: Visit) -> Reply {
    var reply = refuse(refusal.problem.kind, refusal.problem.detail, visit)
    if refusal.problem.kind == .unsupportedMediaType {
      if let name = FieldName("Accept-Post") { reply.headers[name] = "application/json" }
      reply.headers[.acceptEncoding] = "gzip, deflate"
    }
    return reply
  }
}
