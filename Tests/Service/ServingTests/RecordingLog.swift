import EventIngest
import Logging
import Synchronization

/// Keeps what is logged, for a test to look at.
final class RecordingLog: Sendable {
  struct Line: Sendable {
    var level: Logger.Level
    var message: String
    var metadata: [String: String]
  }

  private let kept = Mutex<[Line]>([])

  var lines: [Line] { kept.withLock { $0 } }

  func keep(_ line: Line) { kept.withLock { $0.append(line) } }

  var logger: Logger {
    var logger = Logger(label: "test") { [self] _ in Handler(log: self) }
    logger.logLevel = .debug
    return logger
  }

  private struct Handler: LogHandler {
    let log: RecordingLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.debug

    init(log: RecordingLog) { self.log = log }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: Logging.LogEvent) {
      let metadata = (event.metadata ?? [:]).mapValues { "\($0)" }
      log.keep(Line(level: event.level, message: "\(event.message)", metadata: metadata))
    }
  }
}
