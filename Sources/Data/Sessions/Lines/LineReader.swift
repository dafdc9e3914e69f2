/// Streams the lines of a plain or gzip file.
///
/// A line ends at LF or CR LF; the last one may lack it. A UTF-8 byte order mark at the start of
/// the file is skipped. Memory is one block of 1 MiB plus the longest line.
public struct LineReader: ~Copyable, Sendable {
  /// The longest line, in bytes, that is read unless told otherwise: 64 MiB.
  public static let defaultLimit = 64 << 20
  private static let block = 1 << 20
  private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  public let path: String
  /// The number of the last line that `next()` gave, from 1; 0 before the first.
  public private(set) var line = 0
  private let limit: Int
  /// Whether each line is to be an object, so that other JSON is told at the start.
  private let holdsObjects: Bool
  private var file: InputFile
  private var buffer: [UInt8] = []
  /// Bytes read and not yet given: `buffer[start..<end]`.
  private var start = 0
  private var end = 0
  private var isFresh = true
  private var isEnded = false

  public init(path: String, limit: Int = defaultLimit) throws(FileError) {
    try self.init(path: path, limit: limit, holdsObjects: false)
  }

  /// - Parameters:
  ///   - copy: where the bytes lie when that is not `path`, which then only serves messages.
  ///   - holdsObjects: whether each line is to be a JSON object; a file of other JSON is then
  ///     refused at its start instead of line by line.
  package init(
    path: String, from copy: String? = nil, limit: Int = defaultLimit, holdsObjects: Bool
  ) throws(FileError) {
    self.path = path
    self.limit = limit
    self.holdsObjects = holdsObjects
    file = try InputFile(path: copy ?? path, name: path)
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
    end += got
    if isFresh { try checkStart() }
    isEnded = got == 0
  }

  private func checkStart() throws(FileError) {
    let bytes = buffer[..<end]
    let text = bytes.starts(with: LineReader.byteOrderMark) ? bytes.dropFirst(3) : bytes
    let content =
      ForeignContent(start: bytes) ?? (holdsObjects ? ForeignContent(objects: text) : nil)
    if let content {
      throw .foreign(path: path, content: content.name, remedy: content.remedy)
    }
    if !file.isGzip, path.hasSuffix(".gz") { throw .notGzip(path: path) }
  }

  private mutating func skipByteOrderMark(_ scanned: inout Int) {
    isFresh = false
    if buffer[..<end].starts(with: LineReader.byteOrderMark) { start = 3 }
    scanned = start
  }
}

extension ArraySlice<UInt8> {
  /// Whether there is nothing but blanks, which JSON Lines files have between their lines.
  package var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}
