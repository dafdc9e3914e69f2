import Foundation

/// Runs `body` with an empty folder of its own that is removed afterwards.
func withTemporaryFolder(_ name: String, _ body: (String) throws -> Void) throws {
  let process = ProcessInfo.processInfo.processIdentifier
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fader-files-\(name)-\(process)")
  try? FileManager.default.removeItem(at: folder)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}
