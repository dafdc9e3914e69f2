import Dispatch
import EventLogs
import Foundation
import Synchronization

/// A disk that fails or hangs when told to.
final class FaultyDisk: Sendable {
  struct Faults {
    /// Half of what is written arrives, then the disk is full.
    var isFull = false
    var cannotTruncate = false
    /// Writes wait until it is cleared.
    var hangs = false
    var synchronized = 0
  }

  let faults = Mutex(Faults())

  func set(_ change: @Sendable (inout Faults) -> Void) { faults.withLock { change(&$0) } }

  func open(_ path: String) throws -> any SegmentFile {
    File(disk: self, file: try DiskSegment(path: path))
  }

  struct File: SegmentFile {
    let disk: FaultyDisk
    let file: DiskSegment

    func write(_ bytes: ArraySlice<UInt8>) throws {
      while disk.faults.withLock({ $0.hangs }) { Thread.sleep(forTimeInterval: 0.002) }
      guard disk.faults.withLock({ $0.isFull }) else { return try file.write(bytes) }
      try file.write(bytes.prefix(bytes.count / 2))
      throw POSIXError(.ENOSPC)
    }

    func truncate(to length: Int) throws {
      if disk.faults.withLock({ $0.cannotTruncate }) { throw POSIXError(.EIO) }
      try file.truncate(to: length)
    }

    func synchronize() throws {
      disk.faults.withLock { $0.synchronized += 1 }
      try file.synchronize()
    }

    func close() { file.close() }

    var isInPlace: Bool { file.isInPlace }
  }
}
