import Dispatch
import Synchronization

/// Lines on their way to the disk, and who waits for them. The lock is held for a copy at most,
/// never while something is written.
final class LineQueue: Sendable {
  /// Waiting bytes that are written at once.
  static let hurry = 256 << 10

  struct Content {
    var lines: [UInt8] = []
    /// Bytes in the writer's hands.
    var held = 0
    /// Lines taken in so far, and how many of them were written or tried in vain.
    var accepted = 0
    var settled = 0
    var isClosing = false
    var isClosed = false
    var state = EventLog.State()
    var flushes: [(target: Int, done: DispatchSemaphore)] = []
    var closings: [DispatchSemaphore] = []
  }

  private let limit: Int
  let content = Mutex(Content())
  let wake = DispatchSemaphore(value: 0)

  init(limit: Int) {
    self.limit = limit
  }

  var state: EventLog.State { content.withLock(\.state) }

  func append(_ line: [UInt8]) -> Bool {
    let (isIn, isMuch) = content.withLock { content in
      let before = content.lines.count
      guard !content.isClosing, before + content.held + line.count < limit else {
        content.state.dropped += 1
        return (false, false)
      }
      content.lines.append(contentsOf: line)
      content.lines.append(UInt8(ascii: "\n"))
      content.accepted += 1
      return (true, before < Self.hurry && content.lines.count >= Self.hurry)
    }
    if isMuch { wake.signal() }
    return isIn
  }

  func flush() {
    let done = DispatchSemaphore(value: 0)
    let waits = content.withLock { content in
      guard !content.isClosed, content.settled < content.accepted else { return false }
      content.flushes.append((content.accepted, done))
      return true
    }
    guard waits else { return }
    wake.signal()
    done.wait()
  }

  func close() {
    let done = DispatchSemaphore(value: 0)
    let waits = content.withLock { content in
      content.isClosing = true
      if !content.isClosed { content.closings.append(done) }
      return !content.isClosed
    }
    guard waits else { return }
    wake.signal()
    done.wait()
  }
}
