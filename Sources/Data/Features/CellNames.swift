/// The features that one side of a schema reads, by name.
package struct CellNames: Sendable {
  package let names: [String]
  private let table: NameTable

  init(_ names: [String]) {
    self.names = names
    table = NameTable(names)
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
    table.number(of: text, range)
  }

  /// Where name `number` ends, quotes included, if it stands at `at` in its quotes: quicker, where
  /// the name can be guessed.
  package func end(ofQuoted number: Int, in text: [UInt8], at: Int) -> Int? {
    table.end(ofQuoted: number, in: text, at: at)
  }
}
