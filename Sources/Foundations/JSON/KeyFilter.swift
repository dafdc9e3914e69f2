/// Tells by their bytes that most keys of an object did not occur in it before, so that few have to be
/// compared.
struct KeyFilter {
  /// A bit per remainder of a hash (a Bloom filter with one hash).
  private var seen: UInt64 = 0
  /// Keys with escapes or accents can be equal to keys with other bytes.
  private var isBlind = false

  /// false: no key given before is equal to this one.
  ///
  /// - Parameter key: as it stands in the document, between its quotes.
  mutating func mayRepeat(_ key: Span<UInt8>) -> Bool {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in key.indices {
      let byte = key[index]
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      if byte >= 0x80 || byte == UInt8(ascii: "\\") { isBlind = true }
    }
    let bit: UInt64 = 1 << (hash >> 58)
    defer { seen |= bit }
    return isBlind || seen & bit != 0
  }
}
