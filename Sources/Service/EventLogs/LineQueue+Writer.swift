import Dispatch
import Synchronization

/// The writer's side.
extension LineQueue {
  /// Somebody waits for the lines.
  var isUrgent: Bool { content.withLock { $0.isClosing || !$0.flushes.isEmpty } }

  var isClosing: Bool { content.withLock { $0.isClosing } }

  /// Whether there is more to write before the next rest.
  var isPressing: Bool {
    content.withLock { content in
      !content.lines.isEmpty
        && (content.lines.count >= Self.hurry || content.isClosing || !content.flushes.isEmpty)
    }
  }

  /// Rests for that long, or until something is due.
  func rest(until time: DispatchTime) { _ = wake.wait(timeout: time) }

  /// Swaps the lines for `empty`, whose storage is used again.
  ///
  /// - Returns: the number of the last of them.
  func take(into empty: inout [UInt8]) -> Int {
    content.withLock { content in
      swap(&content.lines, &empty)
      content.held = empty.count
      return content.accepted
    }
  }

  /// A part of what was taken is written.
  func wrote(lines: Int, bytes: Int, segments: Int, deleted: Int) {
    content.withLock { content in
      content.held -= bytes
      content.state.written += lines
      content.state.bytes += bytes
      content.state.segments = segments
      content.state.deletedSegments = deleted
      content.state.degraded = false
    }
  }

  /// All lines up to that number are written.
  func settle(_ number: Int) { content.withLock { Self.settle(&$0, number) } }

  /// Nothing can be written; who waits for lines waits in vain.
  func failed(_ error: String) {
    content.withLock { content in
      content.state.degraded = true
      content.state.lastError = error
      Self.settle(&content, content.accepted)
    }
  }

  func recovered() { content.withLock { $0.state.degraded = false } }

  func warn(_ warning: String) { content.withLock { $0.state.lastError = warning } }

  /// The end; `left` lines in the writer's hands and all that still wait are lost.
  func finish(left: Int) {
    content.withLock { content in
      let waiting = content.lines.count { $0 == UInt8(ascii: "\n") }
      content.state.dropped += left + waiting
      content.lines = []
      content.isClosed = true
      Self.settle(&content, content.accepted)
      for done in content.closings { done.signal() }
      content.closings = []
    }
  }

  private static func settle(_ content: inout Content, _ number: Int) {
    content.settled = max(content.settled, number)
    content.flushes.removeAll { flush in
      guard flush.target <= content.settled else { return false }
      flush.done.signal()
      return true
    }
  }
}
