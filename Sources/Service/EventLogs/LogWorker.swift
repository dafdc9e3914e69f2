import Dispatch
import Sessions

/// The thread that brings lines from the queue to the segments.
struct LogWorker {
  let queue: LineQueue
  var segments: SegmentWriter
  /// Seconds between two looks at the queue, and between two tries while nothing can be written.
  let pause: Double
  let retry: Double

  /// Lines that were taken and are not written yet, from `next` on.
  private var lines: [UInt8] = []
  private var next = 0
  private var lastNumber = 0
  private var failedAt: DispatchTime?
  private var warning: String?

  init(queue: LineQueue, segments: SegmentWriter, pause: Double, retry: Double) {
    self.queue = queue
    self.segments = segments
    self.pause = pause
    self.retry = retry
  }

  /// Returns when the log is closed.
  mutating func run() {
    // The first line is not needed to see that a folder cannot be made.
    attempt { worker throws(FileError) in try worker.segments.prepare() }
    while true {
      queue.rest(until: .now() + pause)
      let isClosing = queue.isClosing
      if isDue { work() }
      if isClosing { break }
      segments.rotateIfOld()
      tellWarning()
    }
    segments.close()
    tellWarning()
    queue.finish(left: lines[next...].count { $0 == UInt8(ascii: "\n") })
  }

  private var isDue: Bool {
    guard let failedAt else { return true }
    return queue.isUrgent || DispatchTime.now() >= failedAt + retry
  }

  private mutating func work() {
    if failedAt != nil && next == lines.count {
      attempt { worker throws(FileError) in
        try worker.segments.prepare()
        worker.queue.recovered()
      }
      if failedAt != nil { return }
    }
    repeat {
      if next == lines.count { take() }
      attempt { worker throws(FileError) in try worker.writeAll() }
    } while failedAt == nil && queue.isPressing
  }

  private mutating func take() {
    // A buffer that a long failure has made large goes back to the system.
    if lines.capacity > 8 * LineQueue.hurry { lines = [] }
    lines.removeAll(keepingCapacity: true)
    next = 0
    lastNumber = queue.take(into: &lines)
  }

  private mutating func writeAll() throws(FileError) {
    while next < lines.count {
      let bytes = try segments.write(lines[next...])
      let count = lines[next..<next + bytes].count { $0 == UInt8(ascii: "\n") }
      next += bytes
      tellWarning()
      queue.wrote(
        lines: count, bytes: bytes, segments: segments.count, deleted: segments.deleted)
    }
    queue.settle(lastNumber)
  }

  private mutating func attempt(_ body: (inout LogWorker) throws(FileError) -> Void) {
    do throws(FileError) {
      try body(&self)
      failedAt = nil
    } catch {
      failedAt = .now()
      tellWarning()
      queue.failed("\(error)")
    }
  }

  private mutating func tellWarning() {
    guard segments.warning != warning, let text = segments.warning else { return }
    warning = text
    queue.warn(text)
  }
}
