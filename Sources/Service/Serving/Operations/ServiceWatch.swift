import Foundation
import Logging
import ServiceLifecycle

/// A configuration file that may change while the server runs.
package struct ConfigurationSource: Sendable {
  package var path: String
  package var read: @Sendable () throws -> ServingConfiguration

  package init(path: String, read: @escaping @Sendable () throws -> ServingConfiguration) {
    self.path = path
    self.read = read
  }

  /// Changes with the file.
  fileprivate var stamp: FileStamp { FileStamp(path) }
}

/// Looks for new models and a changed configuration every few seconds.
struct ServiceWatch: Service {
  let service: RankingService
  let models: ModelLoading
  let source: ConfigurationSource?
  /// Between two looks; 0 never looks.
  let seconds: Double
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      var stamp = source?.stamp
      while !Task.isCancelled {
        guard (try? await Task.sleep(for: .seconds(seconds > 0 ? seconds : 3600))) != nil else {
          return
        }
        guard seconds > 0 else { continue }
        await models.poll()
        if let source, source.stamp != stamp {
          stamp = source.stamp
          service.reload(source, logger)
        }
      }
    }
  }

}

extension RankingService {
  /// Reads the configuration again; one with a fault is refused, and the one before it stays.
  func reload(_ source: ConfigurationSource, _ logger: Logger) {
    do {
      try reconfigure(source.read())
      metrics.count(\.configurationReloads, "accepted")
      logger.info("configuration reloaded", metadata: ["path": "\(source.path)"])
      logRemarks(logger)
    } catch {
      metrics.count(\.configurationReloads, "refused")
      logger.error(
        "configuration refused, the one before it goes on",
        metadata: ["path": "\(source.path)", "reason": "\(error)"])
    }
  }
}

/// First of all that stops: says for a while that the service is not ready, while it goes on
/// answering, so that nobody sends requests to a closed port.
struct DrainService: Service {
  let metrics: ServingMetrics
  let seconds: Double
  let logger: Logger

  func run() async throws {
    try? await gracefulShutdown()
    metrics.drain()
    logger.info("stopping", metadata: ["drain_seconds": "\(seconds)"])
    try? await Task.sleep(for: .seconds(seconds))
  }
}
