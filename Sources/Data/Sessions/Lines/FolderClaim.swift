import Foundation

/// A folder that one process alone works in.
///
/// A lock (`flock`) on the empty file `.lock` in the folder says so. It goes away with its owner,
/// however that ends; the file stays. A file system that knows no locks lets everyone claim.
package final class FolderClaim: Sendable {
  private let file: FileHandle

  /// - Parameters:
  ///   - folder: there already.
  ///   - remedy: what to do when somebody else has claimed it.
  /// - Throws: `FileError.claimed`, or `.unwritable` where the file cannot be made.
  package init(_ folder: String, remedy: String) throws(FileError) {
    file = try FolderClaim.open("\(folder)/.lock", of: folder)
    while flock(file.fileDescriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      if code == EINTR { continue }
      guard code == EWOULDBLOCK else { return }
      throw .claimed(path: folder, remedy: remedy)
    }
  }

  deinit { try? file.close() }

  private static func open(_ path: String, of folder: String) throws(FileError) -> FileHandle {
    let url = URL(fileURLWithPath: path)
    do {
      if let file = try? FileHandle(forUpdating: url) { return file }
      do {
        // Exclusive, so that two who make it at once end with the same file.
        try Data().write(to: url, options: .withoutOverwriting)
      } catch {
        guard FileManager.default.fileExists(atPath: path) else { throw error }
      }
      return try FileHandle(forUpdating: url)
    } catch {
      throw .unwritable(path: folder, reason: error.localizedDescription)
    }
  }
}
