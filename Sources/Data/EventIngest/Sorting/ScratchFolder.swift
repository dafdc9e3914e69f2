import Foundation
import Sessions
import Synchronization

/// A folder for files that nobody needs afterwards; it goes away with its last owner.
///
/// It lies beside what is being written, where there is room for it, or in the system's temporary
/// folder when that is no file.
final class ScratchFolder: Sendable {
  private static let count = Atomic<Int>(0)

  let path: String

  init(beside target: String) throws(FileError) {
    let number = ScratchFolder.count.wrappingAdd(1, ordering: .relaxed).newValue
    path = try temporaryPath(
      beside: target, ending: "\(number).sorting")
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
    TemporaryFiles.add(path)
  }

  deinit { TemporaryFiles.remove(path) }
}
