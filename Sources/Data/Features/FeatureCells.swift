import Sessions

/// The features of the rows of one side as they stand in a document: numbers read, texts still
/// bytes of the document.
///
/// What `[Candidate]` says with a dictionary per row, for those who read documents faster than
/// dictionaries can be made. No feature has several values.
package struct FeatureCells: Sendable {
  package enum Value: Sendable, Equatable {
    case absent
    case number(Double)
    case flag(Bool)
    /// Where an ASCII text stands in the document; 32 bits keep a cell at 16 bytes.
    case text(start: Int32, end: Int32)
    /// Where another valid text stands, which may be equal to one with other bytes.
    case unicode(start: Int32, end: Int32)
  }

  /// Cells of a row: one per name of the side's `CellNames`.
  package let width: Int
  package private(set) var rows = 0
  /// `[rows, width]`
  package private(set) var values: [Value] = []

  package init(width: Int, rows expected: Int) {
    self.width = width
    values.reserveCapacity(width * expected)
  }

  /// Adds a row without features.
  package mutating func addRow() {
    rows += 1
    for _ in 0..<width { values.append(.absent) }
  }

  /// A cell of the last row.
  package subscript(name: Int) -> Value {
    get { values[values.count - width + name] }
    set { values[values.count - width + name] = newValue }
  }
}

extension FeatureCells.Value {
  /// As `FeatureValue.number`.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .flag(let value): value ? 1 : 0
    case .absent, .text, .unicode: nil
    }
  }

  /// As `FeatureValue.finiteNumber`.
  var finiteNumber: Double? {
    guard let number, abs(number) <= NumberNormaliser.largest else { return nil }
    return number
  }

  /// As `FeatureValue.categories` of a single value; nil when absent.
  func category(in text: [UInt8]) -> String? {
    switch self {
    case .absent: nil
    case .number(let value): FeatureValue.number(value).categories.first
    case .flag(let value): value ? "true" : "false"
    case .text(let start, let end), .unicode(let start, let end):
      String(decoding: text[Int(start)..<Int(end)], as: UTF8.self)
    }
  }
}
