import Foundation
import Statistics

/// The rows of one embedding table, by value.
package struct Vocabulary: Codable, Sendable, Hashable {
  /// Rows 0 and 1 of every table: unknown values, and items without the feature.
  static let reservedRows = 2

  /// Row 2 + i belongs to value i. Empty when hashed.
  package var values: [String]
  /// Row 2 + hash % buckets instead; nil for a plain vocabulary.
  package var buckets: Int?

  package init(values: [String]) {
    self.values = values
    buckets = nil
  }

  package init(buckets: Int) {
    precondition(buckets > 0, "a hashed vocabulary needs at least one bucket, got \(buckets)")
    values = []
    self.buckets = buckets
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    values = try container.decode([String].self, forKey: .values)
    buckets = try container.decodeIfPresent(Int.self, forKey: .buckets)
    if let buckets, buckets <= 0 {
      throw DecodingError.dataCorruptedError(
        forKey: .buckets, in: container,
        debugDescription: "expected a number of buckets above 0, got \(buckets)")
    }
  }

  /// Rows of the table, the two reserved ones among them.
  package var rows: Int { Vocabulary.reservedRows + (buckets ?? values.count) }

  /// Width of an embedding when none is configured: 1.6 * rows^0.36, at least 2, at most 16.
  package static func defaultDimension(rows: Int) -> Int {
    Int(min(max((1.6 * pow(Double(rows), 0.36)).rounded(), 2), 16))
  }
}

/// A vocabulary turned round: value to row.
struct VocabularyLookup: Sendable {
  private let rows: [String: Int32]
  private let buckets: UInt64?
  /// The ASCII values by their bytes, and the rows of all.
  private let table: NameTable
  private let tableRows: [Int32]
  /// Whether a value is not ASCII; Unicode may call it equal to an ASCII text all the same.
  private let hasOthers: Bool

  init(_ vocabulary: Vocabulary) {
    let first = Vocabulary.reservedRows
    let rows = Dictionary(
      vocabulary.values.enumerated().map { ($1, Int32(first + $0)) },
      uniquingKeysWith: { earlier, _ in earlier })
    buckets = vocabulary.buckets.map(UInt64.init)
    table = NameTable(vocabulary.values)
    tableRows = vocabulary.values.map { rows[$0] ?? CategoricalField.outOfVocabularyRow }
    hasOthers = vocabulary.values.contains { !$0.utf8.allSatisfy { $0 < 0x80 } }
    self.rows = rows
  }

  /// The row of a cell's category; nil when it is absent.
  func row(of value: FeatureCells.Value, in text: [UInt8]) -> Int32? {
    if case .text(let start, let end) = value, buckets == nil {
      if let number = table.number(of: text.span.extracting(Int(start)..<Int(end))) {
        return tableRows[number]
      }
      guard hasOthers else { return CategoricalField.outOfVocabularyRow }
    }
    return value.category(in: text).map(row(of:))
  }

  func row(of value: String) -> Int32 {
    guard let buckets else { return rows[value] ?? CategoricalField.outOfVocabularyRow }
    return Int32(UInt64(Vocabulary.reservedRows) + Fingerprint.of(value) % buckets)
  }
}
