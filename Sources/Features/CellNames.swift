/// The features that one side of a schema reads, by name.
package struct CellNames: Sendable {
  package let names: [String]
  private let table: NameTable

  init(_ names: [String]) {
    self.names = names
    table = NameTable(names)
  }

  /// Whether documents can be read with it: names that Unicode writes in several ways cannot be
  /// told by their bytes.
  package var areASCII: Bool { names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } } }

  /// Which name stands in `text` at `range`; nil when it is none of the side's.
  package func number(of text: [UInt8], _ range: Range<Int>) -> Int? {
    table.number(of: text, range)
  }

  /// Whether it is name `number` that stands there: quicker, where that can be guessed.
  package func isName(_ number: Int, _ text: [UInt8], _ range: Range<Int>) -> Bool {
    table.isName(number, text, range)
  }
}
