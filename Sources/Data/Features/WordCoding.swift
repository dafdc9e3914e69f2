import Foundation

/// Words <-> bytes, little-endian, and a checksum over words.
enum WordCoding {
  static func bytes(_ words: [UInt32]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: words.count * 4)
    for i in words.indices {
      let word = words[i]
      let b = i * 4
      bytes[b] = UInt8(truncatingIfNeeded: word)
      bytes[b + 1] = UInt8(truncatingIfNeeded: word >> 8)
      bytes[b + 2] = UInt8(truncatingIfNeeded: word >> 16)
      bytes[b + 3] = UInt8(truncatingIfNeeded: word >> 24)
    }
    return bytes
  }

  /// - Precondition: whole words.
  static func words(_ bytes: [UInt8]) -> [UInt32] {
    precondition(bytes.count % 4 == 0, "\(bytes.count) bytes are not whole words")
    var words = [UInt32](repeating: 0, count: bytes.count / 4)
    for i in words.indices {
      let b = i * 4
      words[i] =
        UInt32(bytes[b]) | UInt32(bytes[b + 1]) << 8 | UInt32(bytes[b + 2]) << 16
        | UInt32(bytes[b + 3]) << 24
    }
    return words
  }

  /// FNV-1a taken a word at a time: finds damage, does not resist forgery.
  static func checksum(_ words: [UInt32]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for word in words {
      hash = (hash ^ UInt64(word)) &* 0x100_0000_01b3
      hash ^= hash >> 29
    }
    return hash
  }
}

extension FileHandle {
  /// Words from a byte offset on; fewer than asked for when the file ends before.
  func words(at offset: UInt64, count: Int) throws -> [UInt32] {
    try seek(toOffset: offset)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 4)
    // In pieces, so that a large index does not exist three times over in memory.
    while bytes.count < count * 4 {
      let piece = try read(upToCount: min(count * 4 - bytes.count, 1 << 22)) ?? Data()
      if piece.isEmpty { break }
      bytes += piece
    }
    bytes.removeLast(bytes.count % 4)
    return WordCoding.words(bytes)
  }

  func write(_ words: [UInt32]) throws {
    try write(contentsOf: Data(WordCoding.bytes(words)))
  }
}
