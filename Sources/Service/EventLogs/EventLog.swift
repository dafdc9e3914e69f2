import Foundation

/// An append-only log of JSON Lines that never makes its user wait for the disk.
///
/// Lines gather in memory; a thread of the log's own writes them to segments
/// `<prefix>-<yyyymmddThhmmss>-<n>.jsonl`. While that fails, lines gather up to a limit, the rest
/// is dropped and counted, and it tries again by itself.
package final class EventLog: Sendable {
  /// How the log does.
  package struct State: Sendable, Equatable {
    /// The last try to write failed.
    package var degraded = false
    /// Lines handed to the system.
    package var written = 0
    /// Lines that were lost: the queue was full, or the log closed while degraded.
    package var dropped = 0
    /// Bytes handed to the system.
    package var bytes = 0
    /// Segments that hold a line.
    package var segments = 0
    /// Old segments that were deleted to make room for new ones.
    package var deletedSegments = 0
    /// The last thing that went wrong, also long ago.
    package var lastError: String?

    package init() {}
  }

  private let queue: LineQueue
  /// Names the kind of events.
  package let prefix: String

  /// - Parameters:
  ///   - folder: made if missing. Where that fails the log starts degraded.
  ///   - prefix: names the kind of events; logs of one folder need different ones.
  ///   - configuration: its folder is not looked at.
  package convenience init(folder: String, prefix: String, configuration: EventLogConfiguration) {
    self.init(
      folder: folder, prefix: prefix, configuration: configuration, retrySeconds: 1,
      now: { Date().timeIntervalSince1970 })
  }

  /// - Parameters:
  ///   - retrySeconds: between two tries while nothing can be written.
  ///   - now: seconds since 1970.
  package init(
    folder: String, prefix: String, configuration: EventLogConfiguration, retrySeconds: Double,
    now: @escaping @Sendable () -> Double,
    open: @escaping SegmentOpener = { try DiskSegment(path: $0) }
  ) {
    let queue = LineQueue(limit: configuration.queueBytes)
    self.queue = queue
    self.prefix = prefix
    let thread = Thread {
      let segments = SegmentWriter(
        folder: SegmentFolder(path: folder, prefix: prefix), configuration: configuration,
        open: open, now: now)
      var worker = LogWorker(
        queue: queue, segments: segments, pause: configuration.flushMilliseconds / 1000,
        retry: retrySeconds)
      worker.run()
    }
    thread.name = "log \(prefix)"
    thread.start()
  }

  deinit { close() }

  /// Adds a line, without waiting for the disk.
  ///
  /// - Parameter line: without its end, and without a line feed in it.
  /// - Returns: whether it was taken; a full queue or a closed log drops and counts it.
  @discardableResult
  package func append(_ line: [UInt8]) -> Bool { queue.append(line) }

  /// Returns when all lines appended so far are written, or were tried in vain. Waits for the
  /// disk: not for a request's thread.
  package func flush() { queue.flush() }

  /// Writes what is left, brings the segment safely to disk and ends the thread. Lines that cannot
  /// be written now are lost and counted. A second call does nothing.
  package func close() { queue.close() }

  package var state: State { queue.state }
}
