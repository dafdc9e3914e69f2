import Sessions

/// The features of the rows of one side as they stand in a document: numbers read, texts still
/// bytes of the document.
///
/// What `[Candidate]` says with a dictionary per row. The one form that `SideEncoder` reads: a
/// request's body is scanned into it without making dictionaries, those of a session are gathered
/// into it.
package struct FeatureCells: Sendable {
  package enum Value: Sendable, Equatable {
    case absent
    case number(Double)
    case flag(Bool)
    /// Where an ASCII text stands in the document; 32 bits keep a cell at 16 bytes.
    case text(start: Int32, end: Int32)
    /// Where another valid text stands, which may be equal to one with other bytes.
    case unicode(start: Int32, end: Int32)
    /// Several texts at once: where they stand in `lists`.
    case several(start: Int32, end: Int32)
  }

  /// Cells of a row: one per name of the side's `CellNames`.
  package let width: Int
  package private(set) var rows = 0
  /// `[rows, width]`
  package private(set) var values: [Value] = []
  /// The texts of all cells that have several.
  private(set) var lists: [Value] = []

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

  /// Puts another number into a cell of any row.
  mutating func set(_ number: Double, row: Int, _ name: Int) {
    values[row * width + name] = .number(number)
  }

  /// The given rows, in their order.
  package func selecting(_ selected: [Int]) -> FeatureCells {
    var result = self
    result.rows = selected.count
    result.values = selected.flatMap { values[$0 * width..<($0 + 1) * width] }
    return result
  }

  /// Keeps several texts and gives the value that stands for them.
  mutating func list(_ texts: [Value]) -> Value {
    let start = lists.count
    lists += texts
    return .several(start: Int32(start), end: Int32(lists.count))
  }
}

extension FeatureCells {
  subscript(row: Int, name: Int) -> Value { values[row * width + name] }

  /// The value where only one fits: of several, the first; absent for an empty list.
  func single(_ row: Int, _ name: Int) -> Value {
    guard case .several(let start, let end) = self[row, name] else { return self[row, name] }
    return start < end ? lists[Int(start)] : .absent
  }

  /// All values: one, unless there are several or none.
  func all(_ row: Int, _ name: Int) -> ArraySlice<Value> {
    if case .several(let start, let end) = self[row, name] { return lists[Int(start)..<Int(end)] }
    return values[row * width + name...row * width + name]
  }
}

extension FeatureCells.Value {
  /// As `FeatureValue.number`.
  var number: Double? {
    switch self {
    case .number(let value): value
    case .flag(let value): value ? 1 : 0
    case .absent, .text, .unicode, .several: nil
    }
  }

  /// The value as a number to compute with; NaN, infinities and absurd magnitudes are missing.
  var finiteNumber: Double? {
    guard let number, abs(number) <= NumberNormaliser.largest else { return nil }
    return number
  }

  /// As `FeatureValue.categories` of a single value; nil when absent.
  func category(in text: [UInt8]) -> String? {
    switch self {
    case .absent, .several: nil
    case .number(let value): FeatureValue.number(value).categories.first
    case .flag(let value): value ? "true" : "false"
    case .text(let start, let end), .unicode(let start, let end):
      String(decoding: text[Int(start)..<Int(end)], as: UTF8.self)
    }
  }
}
