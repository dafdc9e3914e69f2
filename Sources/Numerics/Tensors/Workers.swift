import CProcessor
import Dispatch
import Synchronization

/// Threads that share out independent pieces of work.
///
/// The pieces are fixed by the caller and their results come back in order, so nothing that is
/// computed depends on how many workers there are.
package struct Workers: Sendable {
  package let count: Int

  /// - Parameter count: at least 1; nil takes one per core.
  package init(_ count: Int? = nil) {
    self.count = max(1, count ?? fader_processor_count())
  }

  /// The results of `body` for 0..<pieces, in order.
  package func map<Result: Sendable>(
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

/// The C library's allocator, which a process has one of; to be set up by whoever owns the process.
package enum Allocator {
  /// Training frees and asks for the same megabytes at every step. By default the C library gives
  /// blocks of that size back to the system each time and pays for fresh zeroed pages; from now on
  /// it keeps them.
  package static func keepFreedBlocks() { fader_keep_freed_memory() }
}
