import Foundation

/// Values of Swift types as JSON text: keys sorted, slashes as they are, the same bytes for the same
/// value every time.
package enum EncodedJSON {
  /// On one line. NaN and infinities become the texts "NaN", "Infinity" and "-Infinity".
  package static func line(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: nan)
    return Array(try encoder.encode(value))
  }

  /// Reads what `line` writes.
  package static func value<Value: Decodable>(
    _ type: Value.Type, of text: [UInt8], userInfo: [CodingUserInfoKey: any Sendable] = [:]
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.userInfo = userInfo
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinity, negativeInfinity: negativeInfinity, nan: nan)
    return try decoder.decode(type, from: Data(text))
  }

  /// Indented, for files that people look into. A number that is not finite is an error.
  ///
  /// - Parameter key: the key of a property, from the property's name.
  package static func page(
    _ value: some Encodable, key: (@Sendable (String) -> String)? = nil
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    if let key {
      encoder.keyEncodingStrategy = .custom { path in
        Key(stringValue: key(path.last?.stringValue ?? ""))
      }
    }
    return Array(try encoder.encode(value))
  }

  private static let infinity = "Infinity"
  private static let negativeInfinity = "-Infinity"
  private static let nan = "NaN"

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
