/// ASCII names told apart by their bytes, so that a document's names need no text of their own.
///
/// Open addressing over FNV-1a; names are given numbers in the order of the list.
struct NameTable: Sendable {
  private let bytes: [UInt8]
  /// Name i is `bytes[starts[i] ..< starts[i + 1]]`.
  private let starts: [Int]
  /// Number of the name at a place of the table, -1 where it is free; a power of two of them.
  private let places: [Int32]

  /// Names that are not ASCII are left out, and keep their number.
  init(_ names: [String]) {
    var bytes: [UInt8] = []
    var starts = [0]
    var size = 4
    while size < 2 * names.count { size *= 2 }
    var places = [Int32](repeating: -1, count: size)
    for (number, name) in names.enumerated() {
      let start = bytes.count
      bytes.append(contentsOf: name.utf8)
      starts.append(bytes.count)
      guard name.utf8.allSatisfy({ $0 < 0x80 }) else { continue }
      var place = NameTable.hash(bytes.span.extracting(start...)) & (size - 1)
      while places[place] >= 0 { place = (place + 1) & (size - 1) }
      places[place] = Int32(number)
    }
    (self.bytes, self.starts, self.places) = (bytes, starts, places)
  }

  /// The number of the name that these bytes are, the first one if it has several.
  func number(of text: Span<UInt8>) -> Int? {
    var place = NameTable.hash(text) & (places.count - 1)
    while places[place] >= 0 {
      let number = Int(places[place])
      if isName(number, text) { return number }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  /// Whether these bytes are name `number`.
  private func isName(_ number: Int, _ text: Span<UInt8>) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == text.count else { return false }
    for offset in text.indices where bytes[start + offset] != text[offset] { return false }
    return true
  }

  /// Where the quoted name `number` ends in `text`, its quotes included, if it stands at `at`.
  func end(ofQuoted number: Int, in text: [UInt8], at: Int) -> Int? {
    let quote = UInt8(ascii: "\"")
    let first = at + 1
    let last = first + starts[number + 1] - starts[number]
    guard last < text.count, text[at] == quote, text[last] == quote else { return nil }
    let start = starts[number] - first
    for place in first..<last where bytes[start + place] != text[place] { return nil }
    return last + 1
  }

  static func hash(_ text: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 32))
  }
}
