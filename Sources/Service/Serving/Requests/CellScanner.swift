import Features
import JSON
import Sessions

/// Reads the features of one side, row by row.
struct CellScanner {
  var cells: FeatureCells
  /// Where the features of each row stand in the body, braces included; empty for a row without.
  private(set) var ranges: [Range<Int>] = []
  private let names: CellNames
  /// The row in which a name stood last, from 1.
  private var rows: [Int]
  /// Which name followed another in an earlier row; the first one stands at the end. Items mostly
  /// name their features in one order.
  private var followers: [Int?]
  /// Names of the last row that the side does not read.
  private var strangers: [Range<Int>] = []

  /// More strangers in a row are unusual, which keeps comparing them cheap.
  private static let mostStrangers = 32

  init(_ names: CellNames, rows expected: Int) {
    self.names = names
    cells = FeatureCells(width: names.names.count, rows: expected)
    rows = Array(repeating: 0, count: names.names.count)
    followers = Array(repeating: nil, count: names.names.count + 1)
  }

  mutating func addRow() {
    cells.addRow()
    ranges.append(0..<0)
  }

  /// `[{"id", "features"}, ...]`, each a row of its own.
  mutating func items(_ cursor: inout JSONCursor) throws(JSONError) -> [Candidate] {
    try cursor.elements(reserving: 64) { cursor throws(JSONError) in
      addRow()
      return Candidate(id: try identified(&cursor))
    }
  }

  /// `{"id", "features"}` into the last row; gives the id.
  mutating func identified(_ cursor: inout JSONCursor) throws(JSONError) -> String {
    var id: String?
    var hasFeatures = false
    try cursor.plainMembers { cursor, key throws(JSONError) in
      if cursor.isText(ItemKey.id, at: key), id == nil {
        id = try cursor.identifier()
      } else if cursor.isText(ItemKey.features, at: key), !hasFeatures {
        hasFeatures = true
        try features(&cursor)
      } else {
        throw cursor.fault("id and features, once each")
      }
    }
    guard let id else { throw cursor.fault("an id") }
    return id
  }

  /// `{"name": value, ...}` into the last row.
  mutating func features(_ cursor: inout JSONCursor) throws(JSONError) {
    strangers.removeAll(keepingCapacity: true)
    var previous = names.names.count
    let start = cursor.at
    try cursor.expect("{")
    cursor.skipSpace()
    if cursor.take("}") { return }
    repeat {
      cursor.skipSpace()
      let name = try name(&cursor, after: previous)
      cursor.skipSpace()
      try cursor.expect(":")
      cursor.skipSpace()
      if let name {
        cells[name] = try cursor.cell()
        previous = name
      } else {
        try cursor.skipFeature()
      }
      cursor.skipSpace()
    } while cursor.take(",")
    try cursor.expect("}")
    ranges[ranges.count - 1] = start..<cursor.at
  }

  /// The key at the cursor; nil for one that the side does not read.
  private mutating func name(
    _ cursor: inout JSONCursor, after previous: Int
  ) throws(JSONError) -> Int? {
    var name: Int?
    if let guess = followers[previous],
      let end = names.end(ofQuoted: guess, in: cursor.bytes, at: cursor.at)
    {
      cursor.at = end
      name = guess
    } else {
      let (range, isASCII) = try cursor.plainText()
      guard isASCII else { throw cursor.fault("an ASCII key") }
      name = names.number(of: cursor.bytes, range)
      if let name { followers[previous] = name } else { try refuseRepeated(range, cursor) }
    }
    if let name {
      guard rows[name] != cells.rows else { throw cursor.fault("another key") }
      rows[name] = cells.rows
    }
    return name
  }

  private mutating func refuseRepeated(
    _ key: Range<Int>, _ cursor: JSONCursor
  ) throws(JSONError) {
    for other in strangers where cursor.bytes[other] == cursor.bytes[key] {
      throw cursor.fault("another key")
    }
    guard strangers.count < CellScanner.mostStrangers else { throw cursor.fault("fewer keys") }
    strangers.append(key)
  }
}
