import Checkpoints
import Foundation
import Synchronization

/// Tells folders of one name apart, since tests run side by side.
private let folderCount = Atomic<Int>(0)

/// Runs `body` with an empty folder of its own that is removed afterwards.
func withTemporaryFolder(_ name: String, _ body: (String) throws -> Void) throws {
  let process = ProcessInfo.processInfo.processIdentifier
  let count = folderCount.add(1, ordering: .relaxed).newValue
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fader-files-\(name)-\(process)-\(count)")
  try? FileManager.default.removeItem(at: folder)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}
