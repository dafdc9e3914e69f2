import Foundation
import JSON
import Logging
import Steering
import Synchronization

/// Keeps the state of controllers in a file, so that a restart goes on from it.
final class ControllerStore: Sendable {
  private let path: String
  private let last = Mutex<[ShareController]>([])

  init(path: String) { self.path = path }

  /// What the last process has left; nothing where there is no file or it cannot be read, which is
  /// logged.
  func read(_ logger: Logger) -> [ShareController] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do {
      let text = try Data(contentsOf: URL(fileURLWithPath: path))
      let controllers = try EncodedJSON.value([ShareController].self, of: Array(text))
      last.withLock { $0 = controllers }
      logger.info(
        "controllers go on from where they were", metadata: ["path": "\(path)"])
      return controllers
    } catch {
      logger.warning(
        "the controllers' state cannot be read; they begin at the default weights",
        metadata: ["path": "\(path)", "reason": "\(error)"])
      return []
    }
  }

  /// Writes the file when something has changed.
  ///
  /// - Throws: what speaks against it.
  func save(_ controllers: [ShareController]) throws {
    try last.withLock { last in
      guard controllers != last else { return }
      try Data(try EncodedJSON.line(controllers)).write(
        to: URL(fileURLWithPath: path), options: .atomic)
      last = controllers
    }
  }
}
