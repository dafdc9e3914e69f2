import Foundation
import Synchronization

/// Files and folders that are of use only until a command is done: whoever makes one says so, so
/// that a process that is told to stop leaves none behind.
package enum TemporaryFiles {
  private static let paths = Mutex<Set<String>>([])

  package static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

  /// The file is gone or in its place.
  package static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

  /// Deletes the file, which nobody needs any more.
  package static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
    forget(path)
  }

  /// Deletes all of them. For a process that ends: their owners are not asked.
  package static func removeAll() {
    for path in paths.withLock({ $0 }) { remove(path) }
  }
}
