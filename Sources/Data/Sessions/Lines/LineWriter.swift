import Foundation
package import JSON
import Synchronization

/// Writes lines to a file that appears, whole, when `finish()` has returned.
///
/// A path ending in .gz is compressed; equal lines give equal bytes. Until `finish()` the lines
/// are in a file beside the target, which goes away with a writer that never finishes. Symbolic
/// links stay and their target is replaced; a pipe or a device gets the lines at the end, from a
/// file in the system's temporary folder.
public struct LineWriter: ~Copyable, Sendable {
  private static let block = 1 << 20
  private static let count = Atomic<Int>(0)

  public let path: String
  private let place: OutputPlace
  private let temporary: String
  private var file: GzipFile
  private var buffer: [UInt8] = []
  private var isFinished = false

  public init(path: String) throws(FileError) {
    let number = LineWriter.count.wrappingAdd(1, ordering: .relaxed).newValue
    let place = try OutputPlace(path)
    let temporary = try temporaryPath(beside: path, ending: "\(number).partial")
    file = try LineWriter.open(temporary, for: path)
    TemporaryFiles.add(temporary)
    self.path = path
    self.place = place
    self.temporary = temporary
    buffer.reserveCapacity(LineWriter.block + 1 << 16)
  }

  private static func open(_ temporary: String, for path: String) throws(FileError) -> GzipFile {
    do throws(FileError) {
      return try GzipFile(writing: temporary, compressed: path.hasSuffix(".gz"))
    } catch {
      throw fault(error, of: path)
    }
  }

  deinit {
    if !isFinished { TemporaryFiles.remove(temporary) }
  }

  /// Adds one line; `line` must hold no line feed.
  public mutating func write(_ line: some Sequence<UInt8>) throws(FileError) {
    buffer.append(contentsOf: line)
    try endLine()
  }

  public mutating func write(_ line: String) throws(FileError) {
    try write(line.utf8)
  }

  /// Adds the value as one line.
  package mutating func write(_ value: JSONValue) throws(FileError) {
    value.append(to: &buffer)
    try endLine()
  }

  /// Puts the file in its place; a second call does nothing.
  public mutating func finish() throws(FileError) {
    guard !isFinished else { return }
    do throws(FileError) {
      try flush()
      try file.close()
      try place.take(temporary)
      TemporaryFiles.forget(temporary)
    } catch {
      throw LineWriter.fault(error, of: path)
    }
    isFinished = true
  }

  private mutating func endLine() throws(FileError) {
    buffer.append(UInt8(ascii: "\n"))
    guard buffer.count >= LineWriter.block else { return }
    do throws(FileError) {
      try flush()
    } catch {
      throw LineWriter.fault(error, of: path)
    }
  }

  private mutating func flush() throws(FileError) {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// The fault in terms of the path that the caller knows.
  private static func fault(_ fault: FileError, of path: String) -> FileError {
    guard case .unwritable(_, let reason) = fault else { return fault }
    return .unwritable(path: path, reason: reason)
  }
}
