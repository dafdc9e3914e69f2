import NIOPosix
import Synchronization

/// The threads that rank, and who may wait for them.
final class RankingPool: Sendable {
  enum QueueError: Error {
    /// Too many are waiting.
    case full
    /// It waited for too long.
    case late
    case stopped
  }

  private let threads: NIOThreadPool
  private let count = Atomic<Int>(0)

  /// Requests that wait for a thread.
  var waiting: Int { count.load(ordering: .relaxed) }

  init(threads count: Int) {
    threads = NIOThreadPool(numberOfThreads: count)
    threads.start()
  }

  /// Runs `work` on one of the threads, first come first served.
  func run<Value: Sendable>(
    _ limits: LimitsConfiguration, _ work: @escaping @Sendable () -> Value
  ) async throws(QueueError) -> Value {
    let start = ContinuousClock.now
    guard count.wrappingAdd(1, ordering: .relaxed).newValue <= max(limits.waiting, 1) else {
      count.wrappingSubtract(1, ordering: .relaxed)
      throw .full
    }
    let outcome: Result<Value, QueueError>
    do {
      outcome = try await threads.runIfActive { [self] in
        count.wrappingSubtract(1, ordering: .relaxed)
        let waited = (ContinuousClock.now - start).seconds
        if waited * 1000 > limits.queueMilliseconds { return .failure(.late) }
        return .success(work())
      }
    } catch {
      count.wrappingSubtract(1, ordering: .relaxed)
      throw .stopped
    }
    return try outcome.get()
  }

  func stop() async { try? await threads.shutdownGracefully() }
}
