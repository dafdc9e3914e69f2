import Foundation
import Sessions

/// Writes whole lines to segments, one after the other, and deletes the oldest.
struct SegmentWriter {
  private struct Segment {
    let path: String
    let file: any SegmentFile
    let opened: Double
    /// Whole lines only.
    var bytes = 0
    var failures = 0
  }

  /// Most bytes of one write: what a failure has to write again.
  private static let block = 1 << 20

  private let folder: SegmentFolder
  private let configuration: EventLogConfiguration
  private let open: SegmentOpener
  private let now: @Sendable () -> Double
  private var segment: Segment?
  /// Segments that hold a line.
  private(set) var count = 0
  /// Old segments that were deleted to make room.
  private(set) var deleted = 0
  /// Trouble that loses no line: an old segment that cannot be deleted or is not safe on disk.
  private(set) var warning: String?

  init(
    folder: SegmentFolder, configuration: EventLogConfiguration, open: @escaping SegmentOpener,
    now: @escaping @Sendable () -> Double
  ) {
    self.folder = folder
    self.configuration = configuration
    self.open = open
    self.now = now
  }

  /// Makes the folder if it is missing.
  func prepare() throws(FileError) { try folder.prepare() }

  /// Writes the first lines of `lines`, as many as fit one block and the segment, and at least one.
  ///
  /// - Parameter lines: whole lines, each with its end; at least one.
  /// - Returns: how many bytes were written. When it throws, none of them are in the file.
  mutating func write(_ lines: ArraySlice<UInt8>) throws(FileError) -> Int {
    if let current = segment, !current.file.isInPlace {
      warning = "\(current.path): moved or deleted while it was written"
      leave(synchronized: false)
    }
    let room = configuration.rotateBytes - (segment?.bytes ?? 0)
    var part = SegmentWriter.part(of: lines, fitting: min(room, SegmentWriter.block))
    if part.isEmpty {
      if let bytes = segment?.bytes, bytes > 0 { leave() }
      let most = min(configuration.rotateBytes, SegmentWriter.block)
      part = SegmentWriter.part(of: lines, fitting: most)
      if part.isEmpty { part = SegmentWriter.first(of: lines) }
    }
    if segment == nil { segment = try begin() }
    do {
      try segment?.file.write(part)
      if segment?.bytes == 0 { count += 1 }
      segment?.bytes += part.count
      segment?.failures = 0
    } catch {
      let path = segment?.path ?? ""
      takeBack()
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
    return part.count
  }

  /// Ends the segment if it is old enough.
  mutating func rotateIfOld() {
    guard let opened = segment?.opened else { return }
    // A clock that was set back must not keep a segment open for as long.
    let age = now() - opened
    if age >= configuration.rotateSeconds || age < -1 { leave() }
  }

  /// Ends the segment. What it holds is then safe from a power cut too.
  mutating func close() { leave() }

  private mutating func leave(synchronized: Bool = true) {
    guard let last = segment else { return }
    segment = nil
    if synchronized {
      do {
        try last.file.synchronize()
      } catch {
        warning = "\(last.path): \(error.localizedDescription)"
      }
    }
    last.file.close()
  }

  /// Cuts off what a failed write has left, so that the file ends with a whole line.
  private mutating func takeBack() {
    guard let failed = segment else { return }
    segment?.failures += 1
    var isWhole = true
    do {
      try failed.file.truncate(to: failed.bytes)
      // Perhaps the disk was full; a second failure may be this file's alone.
      guard failed.failures > 0 || failed.bytes == 0 else { return }
    } catch {
      isWhole = false
      warning = "\(failed.path): may end within a line (\(error.localizedDescription))"
    }
    leave(synchronized: isWhole)
    // Else a disk that stays full would get an empty file with every try.
    if failed.bytes == 0 { try? FileManager.default.removeItem(atPath: failed.path) }
  }
}

extension SegmentWriter {
  private mutating func begin() throws(FileError) -> Segment {
    try folder.prepare()
    let seconds = now()
    let path = folder.unused(seconds: seconds)
    do {
      let file = try open(path)
      let room = configuration.keepBytes - configuration.rotateBytes
      let cleared = folder.deleteOldest(beyond: room, but: path)
      deleted += cleared.deleted
      if let trouble = cleared.trouble { warning = trouble }
      return Segment(path: path, file: file, opened: seconds)
    } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }

  /// The longest start of `lines` that ends with a line and has at most that many bytes.
  private static func part(
    of lines: ArraySlice<UInt8>, fitting most: Int
  ) -> ArraySlice<UInt8> {
    let part = lines.prefix(max(most, 0))
    guard part.count < lines.count else { return part }
    guard let end = part.lastIndex(of: UInt8(ascii: "\n")) else { return part.prefix(0) }
    return part[...end]
  }

  private static func first(of lines: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let end = lines.firstIndex(of: UInt8(ascii: "\n")) else { return lines }
    return lines[...end]
  }
}
