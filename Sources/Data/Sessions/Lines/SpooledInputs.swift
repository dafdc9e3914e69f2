import Foundation
import Synchronization

/// Input files of a command that reads them more than once: what can be read only once (a pipe, as
/// `<(zcat log.gz)` is, a named FIFO, a terminal) is copied to a temporary file first.
///
/// The copies go away with their last owner.
package final class SpooledInputs: Sendable {
  private static let count = Atomic<Int>(0)

  package struct File: Sendable {
    /// As it was named, for messages.
    package let name: String
    /// Where its bytes lie.
    package let path: String
  }

  package let files: [File]
  private let copies: [String]

  /// - Throws: `FileError` for an input that is not there or cannot be copied.
  package init(_ names: [String]) throws(FileError) {
    var files: [File] = []
    var copies: [String] = []
    do throws(FileError) {
      for name in names {
        guard isReadOnce(name) else {
          files.append(File(name: name, path: name))
          continue
        }
        let copy = SpooledInputs.newCopy()
        copies.append(copy)
        TemporaryFiles.add(copy)
        try SpooledInputs.copy(name, to: copy)
        files.append(File(name: name, path: copy))
      }
    } catch {
      for copy in copies { TemporaryFiles.remove(copy) }
      throw error
    }
    (self.files, self.copies) = (files, copies)
  }

  deinit {
    for copy in copies { TemporaryFiles.remove(copy) }
  }

  private static func newCopy() -> String {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    let name = "fader.\(ProcessInfo.processInfo.processIdentifier)-\(number).input"
    return FileManager.default.temporaryDirectory.appendingPathComponent(name).path
  }

  private static func copy(_ source: String, to target: String) throws(FileError) {
    guard let input = FileHandle(forReadingAtPath: source) else {
      throw .unreadable(path: source, reason: "it cannot be opened")
    }
    guard FileManager.default.createFile(atPath: target, contents: nil),
      let output = FileHandle(forWritingAtPath: target)
    else { throw .unwritable(path: target, reason: "no copy of \(source) can be made there") }
    do {
      while let block = try input.read(upToCount: 1 << 20), !block.isEmpty {
        try output.write(contentsOf: block)
      }
      try output.close()
    } catch {
      throw .unwritable(path: target, reason: "copying \(source): \(error.localizedDescription)")
    }
  }
}
