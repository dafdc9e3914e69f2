import NIOCore

/// A run under way; everything of it happens on one event loop.
final class LoadRun {
  private let plan: LoadPlan
  private let loop: any EventLoop
  private let done: EventLoopPromise<LoadResult>
  private var idle: [LoadConnection] = []
  private var began = NIODeadline.distantPast
  private var timedFrom = NIODeadline.distantPast
  private var sent = 0
  private var open = 0
  private var errors = 0
  private var example: String?
  private var latencies: [Double] = []
  private var isTimerSet = false
  private var isOver = false

  init(_ plan: LoadPlan, on loop: any EventLoop, done: EventLoopPromise<LoadResult>) {
    self.plan = plan
    self.loop = loop
    self.done = done
    latencies.reserveCapacity(plan.count)
  }

  func add(_ connection: LoadConnection) {
    connection.onActive = { self.idle.append($0) }
    connection.onAnswer = { self.take($1, on: $0) }
    connection.onClosed = { self.lose($0) }
  }

  func start() {
    began = .now()
    timedFrom = began
    // A server that hangs ends the run, too.
    loop.assumeIsolated().scheduleTask(in: seconds(plan.seconds + 5)) { self.finish() }
    pump()
  }

  /// Sends what is due as long as a connection is free, the longest idle one first.
  private func pump() {
    while !idle.isEmpty, sent < plan.count {
      let now = NIODeadline.now()
      var due = now
      if plan.rate > 0 {
        due = began + seconds(plan.arrivals[sent])
        guard due <= now else { return wake(at: due) }
      } else if now >= began + seconds(plan.seconds) {
        break
      }
      let connection = idle.removeFirst()
      connection.number = sent
      connection.due = due
      sent += 1
      open += 1
      connection.send(plan.requests.bytes(connection.number))
    }
    let isAllSent =
      sent == plan.count || plan.rate == 0 && NIODeadline.now() >= began + seconds(plan.seconds)
    if isAllSent, open == 0 { finish() }
  }

  private func wake(at due: NIODeadline) {
    guard !isTimerSet else { return }
    isTimerSet = true
    loop.assumeIsolated().scheduleTask(deadline: due) {
      self.isTimerSet = false
      self.pump()
    }
  }

  private func take(_ answer: HTTPAnswer, on connection: LoadConnection) {
    let now = NIODeadline.now()
    open -= 1
    if answer.status != 200 || !answer.isList(of: plan.length) {
      errors += 1
      example = example ?? answer.summary
    } else if connection.number < plan.warmup {
      timedFrom = now
    } else {
      latencies.append(Double((now - connection.due).nanoseconds) * 1e-9)
    }
    idle.append(connection)
    pump()
  }

  private func lose(_ connection: LoadConnection) {
    guard !isOver else { return }
    // A closed connection may have had a request under way; either way the run is spoilt.
    example = example ?? "the server closed a connection"
    errors += 1
    finish()
  }

  private func finish() {
    guard !isOver else { return }
    isOver = true
    let seconds = Double((NIODeadline.now() - timedFrom).nanoseconds) * 1e-9
    done.succeed(
      LoadResult(
        connections: plan.connections, rate: plan.rate, latencies: Latencies(latencies),
        errors: errors + open, throughput: Double(latencies.count) / max(seconds, 1e-9),
        example: example))
  }

  private func seconds(_ value: Double) -> TimeAmount { .nanoseconds(Int64(value * 1e9)) }
}
