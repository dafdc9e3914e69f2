import Foundation
package import JSON
import Synchronization

/// Writes lines to a file that appears, whole, when `finish()` has returned.
///
/// A path ending in .gz is compressed; equal lines give equal bytes. Until `finish()` the lines
/// are in a file beside the target, which goes away with a writer that never finishes.
public struct LineWriter: ~Copyable, Sendable {
  private static let block = 1 << 20
  private static let count = Atomic<Int>(0)

  public let path: String
  private let temporary: String
  private var file: GzipFile
  private var buffer: [UInt8] = []
  private var isFinished = false

  public init(path: String) throws(FileError) {
    let number = LineWriter.count.wrappingAdd(1, ordering: .relaxed).newValue
    self.path = path
    temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier)-\(number).partial"
    do throws(FileError) {
      file = try GzipFile(writing: temporary, compressed: path.hasSuffix(".gz"))
    } catch {
      throw LineWriter.fault(error, of: path)
    }
    buffer.reserveCapacity(LineWriter.block + 1 << 16)
  }

  deinit {
    if !isFinished { try? FileManager.default.removeItem(atPath: temporary) }
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
      try GzipFile.move(temporary, to: path)
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
