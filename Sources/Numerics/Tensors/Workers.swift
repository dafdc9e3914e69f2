import COpenBLAS
import Dispatch
import Synchronization

/// Threads that share out independent pieces of work.
///
/// The pieces are fixed by the caller and their results come back in order, so nothing that is
/// computed depends on how many workers there are.
public struct Workers: Sendable {
  public let count: Int

  /// - Parameter count: at least 1; nil takes one per core.
  public init(_ count: Int? = nil) {
    _ = allocatorIsTuned
    self.count = max(1, count ?? Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The results of `body` for 0..<pieces, in order.
  public func map<Result: Sendable>(
    _ pieces: Int, _ body: @Sendable (Int) -> Result
  ) -> [Result] {
    if count == 1 || pieces <= 1 { return (0..<pieces).map(body) }
    let results = Mutex([Result?](repeating: nil, count: pieces))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        let result = body(piece)
        results.withLock { $0[piece] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }
}

extension Workers {
  /// Calls `body` for 0..<pieces.
  func forEach(_ pieces: Int, _ body: @Sendable (Int) -> Void) { _ = map(pieces, body) }
}

/// Training frees and asks for the same megabytes at every step. By default the C library gives
/// blocks of that size back to the system each time and pays for fresh zeroed pages; here it keeps
/// them.
private let allocatorIsTuned: Void = {
  mallopt(M_MMAP_THRESHOLD, 1 << 30)
  mallopt(M_TRIM_THRESHOLD, Int32.max)
  mallopt(M_TOP_PAD, 64 << 20)
  mallopt(M_ARENA_MAX, 8)
}()
