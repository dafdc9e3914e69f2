import Foundation
import JSON

/// The one form of JSON reports: indented, sorted keys in snake case, the same bytes every time.
enum ReportJSON {
  static func encode(_ value: some Encodable) throws -> Data {
    Data(try EncodedJSON.page(value, key: snakeCase))
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
}
