import Foundation

/// What a segment is written to.
package protocol SegmentFile {
  /// Adds the bytes at the end, all of them or, when it throws, perhaps some.
  func write(_ bytes: ArraySlice<UInt8>) throws
  /// Cuts off what lies beyond that length, and goes on from there.
  func truncate(to length: Int) throws
  /// Returns when the disk has what was written.
  func synchronize() throws
  func close()
  /// Whether the path still leads to this file: one that was deleted or moved takes every write
  /// without complaint, and the lines are gone.
  var isInPlace: Bool { get }
}

/// Makes a file that was not there before.
package typealias SegmentOpener = @Sendable (_ path: String) throws -> any SegmentFile

/// A segment on disk.
package struct DiskSegment: SegmentFile {
  private let path: String
  private let handle: FileHandle
  private let identity: Int?

  package init(path: String) throws {
    let url = URL(fileURLWithPath: path)
    // Exclusive: a segment of another process or an earlier second is never touched.
    try Data().write(to: url, options: .withoutOverwriting)
    self.path = path
    handle = try FileHandle(forWritingTo: url)
    identity = DiskSegment.identity(of: path)
  }

  package func write(_ bytes: ArraySlice<UInt8>) throws {
    try handle.write(contentsOf: Data(bytes))
  }

  package func truncate(to length: Int) throws { try handle.truncate(atOffset: UInt64(length)) }

  package func synchronize() throws { try handle.synchronize() }

  package func close() { try? handle.close() }

  package var isInPlace: Bool { identity != nil && DiskSegment.identity(of: path) == identity }

  private static func identity(of path: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.systemFileNumber] as? Int
  }
}
