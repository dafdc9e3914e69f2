/// The features that one side of a schema reads, by name.
package struct CellNames: Sendable {
  package let names: [String]
  private let table: NameTable
  private let numbers: [String: Int]
  /// Whether all names are ASCII, so that a name in ASCII is told by its bytes.
  private let areASCII: Bool

  init(_ names: [String]) {
    self.names = names
    table = NameTable(names)
    numbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    areASCII = names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
  }

  /// Whether documents can be read with it: names that need escapes, or that Unicode writes in
  /// several ways, cannot be told by their bytes.
  package var arePlain: Bool {
    names.allSatisfy { name in
      name.utf8.allSatisfy {
        (0x20..<0x80).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
    }
  }

  /// Which name stands in `text` at `range`; nil when it is none of the side's.
  package func number(of text: [UInt8], _ range: Range<Int>) -> Int? {
    table.number(of: text.span.extracting(range))
  }

  /// Which name this is; nil when it is none of the side's. Names that Unicode calls equal are.
  func number(of name: String) -> Int? {
    let bytes = name.utf8Span.span
    if let number = table.number(of: bytes) { return number }
    if areASCII, bytes.isASCII { return nil }
    return numbers[name]
  }

  /// Where name `number` ends, quotes included, if it stands at `at` in its quotes: quicker, where
  /// the name can be guessed.
  package func end(ofQuoted number: Int, in text: [UInt8], at: Int) -> Int? {
    table.end(ofQuoted: number, in: text, at: at)
  }
}

extension Span<UInt8> {
  fileprivate var isASCII: Bool {
    var all: UInt8 = 0
    for index in indices { all |= self[index] }
    return all < 0x80
  }
}
