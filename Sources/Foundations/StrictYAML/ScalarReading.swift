/// A type that is read from one scalar, by its own rules rather than by YAML's guess.
protocol ScalarReadable {
  static var expectation: String { get }
  /// Nil when the scalar is not of this type; `plain` is false for quoted text.
  static func read(_ text: String, plain: Bool) -> Self?
  /// Why a scalar that looks right is not; empty when there is nothing to add.
  static func remedy(_ text: String, plain: Bool) -> String
}

extension ScalarReadable {
  static func remedy(_ text: String, plain: Bool) -> String {
    !plain && read(text, plain: true) != nil ? "remove the quotes" : ""
  }
}

extension String: ScalarReadable {
  static let expectation = "a text"

  static func read(_ text: String, plain: Bool) -> String? {
    plain && YAMLNode.isNullWord(text) ? nil : text
  }

  static func remedy(_ text: String, plain: Bool) -> String {
    "write it in quotes if the word itself is meant"
  }
}

extension Bool: ScalarReadable {
  static let expectation = "true or false"

  static func read(_ text: String, plain: Bool) -> Bool? {
    switch (text, plain) {
    case ("true", true): true
    case ("false", true): false
    default: nil
    }
  }

  static func remedy(_ text: String, plain: Bool) -> String {
    switch text.lowercased() {
    case "yes", "on", "y", "true", "1": "write true"
    case "no", "off", "n", "false", "0": "write false"
    default: ""
    }
  }
}

/// Digits with an optional sign, point and exponent; `_` may stand between digits. Nil for
/// everything else that a Swift or YAML 1.1 reader might take for a number (0x10, 12:30, .inf).
func decimalText(_ text: String) -> String? {
  let bytes = Array(text.utf8)
  func isDigit(_ index: Int) -> Bool {
    bytes.indices.contains(index) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index])
  }
  guard bytes.indices.contains(where: isDigit) else { return nil }
  for index in bytes.indices where !isDigit(index) {
    switch bytes[index] {
    case UInt8(ascii: "_"): guard isDigit(index - 1), isDigit(index + 1) else { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      continue
    default: return nil
    }
  }
  return text.filter { $0 != "_" }
}

extension ScalarReadable where Self: FixedWidthInteger {
  static var expectation: String {
    if Self.isSigned {
      return bitWidth >= 64 ? "a whole number" : "a whole number from \(min) to \(max)"
    }
    return bitWidth >= 64
      ? "a whole number of at least 0" : "a whole number from 0 to \(max)"
  }

  /// Also takes `1e3` and `2.0`, as long as the value is whole and below 2^53.
  static func read(_ text: String, plain: Bool) -> Self? {
    guard plain, let digits = decimalText(text), !hasLeadingZero(digits) else { return nil }
    if let value = Self(digits) { return value }
    guard let value = Double(digits), abs(value) <= 0x1p53 else { return nil }
    return Self(exactly: value)
  }

  static func remedy(_ text: String, plain: Bool) -> String {
    if hasLeadingZero(text) { return "remove the leading 0, which some readers take for octal" }
    return !plain && read(text, plain: true) != nil ? "remove the quotes" : ""
  }

  private static func hasLeadingZero(_ text: String) -> Bool {
    let digits = text.drop { $0 == "-" || $0 == "+" }
    return digits.count > 1 && digits.allSatisfy(\.isNumber) && digits.first == "0"
  }
}

extension Int: ScalarReadable {}
extension Int8: ScalarReadable {}
extension Int16: ScalarReadable {}
extension Int32: ScalarReadable {}
extension Int64: ScalarReadable {}
extension UInt: ScalarReadable {}
extension UInt8: ScalarReadable {}
extension UInt16: ScalarReadable {}
extension UInt32: ScalarReadable {}
extension UInt64: ScalarReadable {}

extension ScalarReadable where Self: BinaryFloatingPoint & LosslessStringConvertible {
  static var expectation: String { "a number" }

  static func read(_ text: String, plain: Bool) -> Self? {
    guard plain, let digits = decimalText(text), let value = Self(digits), value.isFinite else {
      return nil
    }
    return value
  }

  static func remedy(_ text: String, plain: Bool) -> String {
    let word = text.lowercased().drop { "+-.".contains($0) }
    if word == "inf" || word == "nan" || word == "infinity" { return "it must be finite" }
    if decimalText(text) != nil { return "it must fit the range of \(Self.self)" }
    return ""
  }
}

extension Double: ScalarReadable {}
extension Float: ScalarReadable {}
