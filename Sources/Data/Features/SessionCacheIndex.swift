import Foundation

/// What a session cache says about itself, read and checked once when it is opened.
struct SessionCacheIndex: Sendable {
  let blockSize: Int
  let fingerprint: UInt64
  let blocks: [SessionCacheFormat.Block]
  let userKeys: [UInt64]
  let times: [Double]

  init(_ file: FileHandle, path: String) throws(SessionCacheError) {
    typealias Format = SessionCacheFormat
    let size = try inputOutput(path, "find the size") { try file.seekToEnd() }
    let header = try SessionCacheIndex.header(file, path: path, size: size)
    let end = size - UInt64(4 * Format.trailerWords)
    let last = try inputOutput(path, "read") {
      try file.words(at: end, count: Format.trailerWords)
    }
    guard let trailer = Format.Trailer(last) else { throw .truncated(path: path, bytes: size) }
    guard let length = SessionCacheIndex.indexWords(trailer, end: end) else {
      throw .corrupt(path: path, part: "trailer")
    }
    let index = try inputOutput(path, "read the index") {
      try file.words(at: trailer.indexOffset, count: length)
    }
    guard WordCoding.checksum(index) == trailer.indexChecksum else {
      throw .corrupt(path: path, part: "index")
    }
    blockSize = Int(header[3])
    fingerprint = UInt64(header[4]) | UInt64(header[5]) << 32
    do {
      var reader = WordReader(index)
      blocks = try reader.many(trailer.blocks) { reader throws(WordReader.Exhausted) in
        Format.Block(
          offset: try reader.unsigned(), words: Int(truncatingIfNeeded: try reader.unsigned()),
          checksum: try reader.unsigned())
      }
      userKeys = try reader.many(trailer.sessions) { reader throws(WordReader.Exhausted) in
        try reader.unsigned()
      }
      times = try reader.many(trailer.sessions) { reader throws(WordReader.Exhausted) in
        try reader.double()
      }
    } catch {
      throw .corrupt(path: path, part: "index")
    }
    guard isConsistent(indexOffset: trailer.indexOffset) else {
      throw .corrupt(path: path, part: "index")
    }
  }

  private static func header(
    _ file: FileHandle, path: String, size: UInt64
  ) throws(SessionCacheError) -> [UInt32] {
    typealias Format = SessionCacheFormat
    let header = try inputOutput(path, "read the header") {
      try file.words(at: 0, count: Format.headerWords)
    }
    guard Array(header.prefix(2)) == Format.magic else { throw .notACache(path: path) }
    guard size >= UInt64(4 * (Format.headerWords + Format.trailerWords)), size % 4 == 0 else {
      throw .truncated(path: path, bytes: size)
    }
    guard header[2] == Format.version else {
      throw .version(path: path, found: header[2], expected: Format.version)
    }
    return header
  }

  /// Length of the index, if the trailer's numbers fit the file exactly.
  private static func indexWords(_ trailer: SessionCacheFormat.Trailer, end: UInt64) -> Int? {
    guard trailer.indexOffset >= UInt64(4 * SessionCacheFormat.headerWords),
      trailer.indexOffset <= end, trailer.blocks <= end, trailer.sessions <= end
    else { return nil }
    let words =
      Int(trailer.blocks) * SessionCacheFormat.blockEntryWords
      + Int(trailer.sessions) * SessionCacheFormat.sessionEntryWords
    return UInt64(words) * 4 == end - trailer.indexOffset ? words : nil
  }

  /// Blocks follow one another without a gap, and there are as many as the sessions need.
  private func isConsistent(indexOffset: UInt64) -> Bool {
    guard blockSize > 0, blocks.count == (times.count + blockSize - 1) / blockSize else {
      return false
    }
    var next = UInt64(4 * SessionCacheFormat.headerWords)
    for block in blocks {
      guard block.offset == next, block.words >= 0, block.words <= indexOffset else {
        return false
      }
      next += UInt64(block.words) * 4
    }
    return next == indexOffset
  }
}

extension WordReader {
  fileprivate mutating func many<Value>(
    _ count: UInt64, _ read: (inout WordReader) throws(Exhausted) -> Value
  ) throws(Exhausted) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(Int(count))
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }
}
