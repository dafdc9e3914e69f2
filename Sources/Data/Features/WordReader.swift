/// Takes values from a sequence of 32-bit words in the order `WordWriter` added them.
struct WordReader {
  /// The words end before the value does: they were not written by `WordWriter`.
  struct Exhausted: Error {}

  private let words: [UInt32]
  private var position = 0

  init(_ words: [UInt32]) {
    self.words = words
  }

  var isAtEnd: Bool { position == words.count }

  mutating func word() throws(Exhausted) -> UInt32 { words[try take(1).lowerBound] }

  mutating func unsigned() throws(Exhausted) -> UInt64 {
    let range = try take(2)
    return UInt64(words[range.lowerBound]) | UInt64(words[range.lowerBound + 1]) << 32
  }

  mutating func double() throws(Exhausted) -> Double { Double(bitPattern: try unsigned()) }

  mutating func count() throws(Exhausted) -> Int { Int(try word()) }

  mutating func floats() throws(Exhausted) -> [Float] {
    let range = try take(try count())
    return words[range].map { Float(bitPattern: $0) }
  }

  mutating func integers() throws(Exhausted) -> [Int32] {
    let range = try take(try count())
    return words[range].map { Int32(bitPattern: $0) }
  }

  private mutating func take(_ count: Int) throws(Exhausted) -> Range<Int> {
    guard count <= words.count - position else { throw Exhausted() }
    defer { position += count }
    return position..<position + count
  }
}
