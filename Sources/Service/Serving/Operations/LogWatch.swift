import EventLogs
import Foundation
import Logging
import ServiceLifecycle

/// Looks every second how the logs do, and tells the operator what has changed; keeps the
/// controllers' state.
struct LogWatch: Service {
  private static let day = 86_400.0

  let service: RankingService
  let certificate: CertificateConfiguration?
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var logs = [service.decisions, service.feedback].compactMap(\.self).map {
        WatchedLog(log: $0)
      }
      var canSave = true
      var told = ContinuousClock.now
      while (try? await Task.sleep(for: .seconds(1))) != nil {
        for place in logs.indices { logs[place].tell(logger) }
        saveControllers(&canSave)
        if (ContinuousClock.now - told).seconds >= LogWatch.day {
          told = .now
          certificate?.warnOfExpiry(logger)
        }
      }
    }
  }

  private func saveControllers(_ canSave: inout Bool) {
    do {
      try service.saveControllers()
      canSave = true
    } catch {
      // Once, not every second.
      if canSave {
        logger.error(
          "the controllers' state cannot be written", metadata: ["reason": "\(error)"])
      }
      canSave = false
    }
  }
}

/// A log and what was last said of it.
private struct WatchedLog {
  let log: EventLog
  var before = EventLog.State()

  mutating func tell(_ logger: Logger) {
    let now = log.state
    let name = log.prefix
    if now.degraded != before.degraded {
      if now.degraded {
        logger.error(
          "the log of \(name) cannot be written",
          metadata: [
            "reason": "\(now.lastError ?? "unknown")", "dropped": .stringConvertible(now.dropped),
          ])
      } else {
        logger.notice(
          "the log of \(name) is written again",
          metadata: ["dropped": .stringConvertible(now.dropped)])
      }
    }
    if now.deletedSegments > before.deletedSegments {
      logger.warning(
        "old files of the log of \(name) were deleted, as serving.log.keep_megabytes says",
        metadata: ["files": .stringConvertible(now.deletedSegments - before.deletedSegments)])
    }
    before = now
  }
}
