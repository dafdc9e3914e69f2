/// The layout of a session cache file, all in 32-bit little-endian words:
///
/// header: magic (2), version, sessions per block, schema fingerprint (2)
/// blocks: encoded sessions, one after another
/// index: per block byte offset (2), words (2), checksum (2); then per session user key (2);
///   then per session time (2)
/// trailer: index offset (2), blocks (2), sessions (2), index checksum (2), end magic (2)
enum SessionCacheFormat {
  static let version: UInt32 = 2
  static let magic: [UInt32] = [0x4544_4146, 0x5353_4553]  // "FADESESS"
  static let endMagic: [UInt32] = [0x4544_4146, 0x2144_4e45]  // "FADEEND!"
  static let headerWords = 6
  static let trailerWords = 10
  static let blockEntryWords = 6
  static let sessionEntryWords = 4

  struct Block: Sendable, Equatable {
    var offset: UInt64
    var words: Int
    var checksum: UInt64
  }

  struct Trailer: Sendable {
    var indexOffset: UInt64
    var blocks: UInt64
    var sessions: UInt64
    var indexChecksum: UInt64

    /// nil: not the end of a finished cache.
    init?(_ words: [UInt32]) {
      guard words.count == trailerWords, Array(words.suffix(2)) == endMagic else { return nil }
      func pair(_ i: Int) -> UInt64 { UInt64(words[2 * i]) | UInt64(words[2 * i + 1]) << 32 }
      indexOffset = pair(0)
      blocks = pair(1)
      sessions = pair(2)
      indexChecksum = pair(3)
    }
  }

  static func header(blockSize: Int, fingerprint: UInt64) -> [UInt32] {
    var writer = WordWriter()
    writer.add(fingerprint)
    return magic + [version, UInt32(blockSize)] + writer.words
  }

  static func index(blocks: [Block], userKeys: [UInt64], times: [Double]) -> [UInt32] {
    var writer = WordWriter()
    for block in blocks {
      writer.add(block.offset)
      writer.add(UInt64(block.words))
      writer.add(block.checksum)
    }
    for key in userKeys { writer.add(key) }
    for time in times { writer.add(time) }
    return writer.words
  }

  static func trailer(
    indexOffset: UInt64, blocks: Int, sessions: Int, indexChecksum: UInt64
  ) -> [UInt32] {
    var writer = WordWriter()
    writer.add(indexOffset)
    writer.add(UInt64(blocks))
    writer.add(UInt64(sessions))
    writer.add(indexChecksum)
    return writer.words + endMagic
  }
}
