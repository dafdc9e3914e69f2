/// Reads JSON documents (RFC 8259) from bytes.
///
/// Strict: no comments, no trailing commas, nothing but white space after the value, valid UTF-8,
/// paired surrogates, unique keys, at most `depthLimit` nested arrays and objects, and no number
/// that overflows to infinity. Any bytes at all give a value or a `JSONError`, never a trap.
///
/// Keys that Unicode calls equal (composed and decomposed accents) count as the same key, because
/// they would be one entry of a Swift dictionary.
package enum JSONScanner {
  package static let depthLimit = 64

  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var cursor = JSONCursor(bytes: bytes)
    return try cursor.document()
  }

  /// Other bytes are copied together first, which costs a hundredth of the scan.
  package static func parse(_ bytes: some Sequence<UInt8>) throws(JSONError) -> JSONValue {
    try parse(Array(bytes))
  }

  package static func parse(_ text: String) throws(JSONError) -> JSONValue {
    try parse(Array(text.utf8))
  }
}
