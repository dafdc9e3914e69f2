import Features
import JSON
import Sessions

/// What stands in usual bodies; throws at whatever else does.
extension JSONCursor {
  /// As `JSONValue.identifier`.
  mutating func identifier() throws(JSONError) -> String {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
      let start = at
      let value = try number()
      if let digits = wideDigits(from: start, value) {
        return String(decoding: bytes[digits], as: UTF8.self)
      }
      guard value == value.rounded(), abs(value) < 9.0e15 else { throw fault("a whole number") }
      return String(Int64(value))
    }
    let text = try plainText().range
    guard !text.isEmpty else { throw fault("an id") }
    return String(decoding: bytes[text], as: UTF8.self)
  }

  /// One feature's value.
  mutating func cell() throws(JSONError) -> FeatureCells.Value {
    guard at < bytes.count else { throw fault("a value") }
    switch bytes[at] {
    case UInt8(ascii: "\""):
      let (range, isASCII) = try plainText()
      let (start, end) = (Int32(range.lowerBound), Int32(range.upperBound))
      return isASCII ? .text(start: start, end: end) : .unicode(start: start, end: end)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .flag(try flag())
    case UInt8(ascii: "n"):
      try null()
      return .absent
    default:
      let start = at
      let value = try number()
      guard let digits = wideDigits(from: start, value) else { return .number(value) }
      return .text(start: Int32(digits.lowerBound), end: Int32(digits.upperBound))
    }
  }

  /// A feature that nobody reads; it must be one all the same.
  mutating func skipFeature() throws(JSONError) {
    guard at < bytes.count, bytes[at] == UInt8(ascii: "[") else {
      _ = try cell()
      return
    }
    // Features of items stand deepest, inside four arrays and objects.
    let list = try value(depth: 4)
    do throws(FieldError) {
      _ = try FeatureValue.read(list, at: "")
    } catch {
      throw fault("several categories")
    }
  }
}

/// Keys of an item, as bodies are compared with them.
enum ItemKey {
  static let id = Array("id".utf8)
  static let features = Array("features".utf8)
}
