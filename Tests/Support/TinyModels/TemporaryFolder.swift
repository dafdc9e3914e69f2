import Foundation
import Synchronization

/// Tells folders of one name apart, since tests run side by side.
private let folderCount = Atomic<Int>(0)

/// Runs `body` with the path of a folder that is not there yet and is removed afterwards.
package func withTemporaryPath(_ name: String, _ body: (String) throws -> Void) throws {
  let process = ProcessInfo.processInfo.processIdentifier
  let count = folderCount.add(1, ordering: .relaxed).newValue
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fader-models-\(name)-\(process)-\(count)")
  try? FileManager.default.removeItem(at: folder)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}
