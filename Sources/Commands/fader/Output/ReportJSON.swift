import Foundation

/// The one form of JSON reports: indented, sorted keys in snake case, the same bytes every time.
enum ReportJSON {
  static func encode(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .custom { path in
      Key(stringValue: snakeCase(path.last?.stringValue ?? ""))
    }
    return try encoder.encode(value)
  }

  /// `repeatedIDs` as `repeated_ids`: an underscore where a capital follows a small letter.
  private static func snakeCase(_ name: String) -> String {
    var result = ""
    var wasSmall = false
    for letter in name {
      if letter.isUppercase, wasSmall { result += "_" }
      wasSmall = letter.isLowercase
      result += letter.lowercased()
    }
    return result
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }
}
