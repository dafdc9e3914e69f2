import Foundation
package import Sessions

/// The folder of a service's logs: made, held against other processes, and tried out.
package final class LogFolder: Sendable {
  private let claim: FolderClaim

  /// - Throws: `FileError` for a folder that cannot be made or written to, or that another process
  ///   writes its logs into.
  package init(_ path: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
    claim = try FolderClaim(
      path,
      remedy: "each service needs a log folder of its own, since it deletes the oldest files: stop "
        + "the other one, or set serving.log.folder")
    let trial = "\(path)/.trial"
    do {
      try Data([0]).write(to: URL(fileURLWithPath: trial))
      try FileManager.default.removeItem(atPath: trial)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }
}
