/// Streams the lines of a plain or gzip file.
///
/// A line ends at LF or CR LF; the last one may lack it. A UTF-8 byte order mark at the start of
/// the file is skipped. Memory is one block of 1 MiB plus the longest line.
public struct LineReader: ~Copyable, Sendable {
  /// The longest line, in bytes, that is read unless told otherwise: 64 MiB.
  public static let defaultLimit = 64 << 20
  private static let block = 1 << 20

  public let path: String
  /// The number of the last line that `next()` gave, from 1; 0 before the first.
  public private(set) var line = 0
  private let limit: Int
  private var file: GzipFile
  private var buffer: [UInt8] = []
  /// Bytes read and not yet given: `buffer[start..<end]`.
  private var start = 0
  private var end = 0
  private var isFresh = true
  private var isEnded = false

  public init(path: String, limit: Int = defaultLimit) throws(FileError) {
    self.path = path
    self.limit = limit
    file = try GzipFile(reading: path)
  }

  /// The next line without its end, or nil after the last.
  ///
  /// Let the slice go before the next call, or that call copies the block.
  public mutating func next() throws(FileError) -> ArraySlice<UInt8>? {
    var scanned = start
    while true {
      if let newline = firstLineFeed(in: buffer, from: scanned, to: end) {
        defer { start = newline + 1 }
        return try give(upTo: newline)
      }
      if isEnded {
        guard start < end else { return nil }
        defer { start = end }
        return try give(upTo: end)
      }
      let pending = end - start
      guard pending <= limit else { throw tooLong }
      try fill()
      scanned = start + (isFresh ? 0 : pending)
      if isFresh { skipByteOrderMark(&scanned) }
    }
  }

  private mutating func give(upTo end: Int) throws(FileError) -> ArraySlice<UInt8> {
    let hasReturn = end > start && buffer[end - 1] == UInt8(ascii: "\r")
    let slice = buffer[start..<(hasReturn ? end - 1 : end)]
    guard slice.count <= limit else { throw tooLong }
    line += 1
    return slice
  }

  private var tooLong: FileError { .lineTooLong(path: path, line: line + 1, limit: limit) }

  /// Moves the pending bytes to the front and reads one block behind them.
  private mutating func fill() throws(FileError) {
    let pending = end - start
    if start > 0 {
      for index in 0..<pending { buffer[index] = buffer[start + index] }
    }
    start = 0
    end = pending
    if buffer.count < end + LineReader.block {
      buffer.append(contentsOf: repeatElement(0, count: end + LineReader.block - buffer.count))
    }
    let got = try file.read(into: &buffer, at: end, count: LineReader.block, line: line)
    if isFresh, !file.isGzip, path.hasSuffix(".gz") { throw .notGzip(path: path) }
    end += got
    isEnded = got == 0
  }

  private mutating func skipByteOrderMark(_ scanned: inout Int) {
    isFresh = false
    if end >= 3, buffer[0] == 0xef, buffer[1] == 0xbb, buffer[2] == 0xbf { start = 3 }
    scanned = start
  }
}

extension ArraySlice<UInt8> {
  /// Whether there is nothing but blanks, which JSON Lines files have between their lines.
  package var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
