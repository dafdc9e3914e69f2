/// A strict reader of the little JSON that a safetensors header may hold: objects, strings and
/// whole numbers from 0 on.
///
/// Foundation's readers keep one of two equal keys silently; here every key is seen.
struct HeaderScanner {
  struct Failure: Error {
    let position: Int
    let reason: String
  }

  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  func failure(_ reason: String) -> Failure {
    Failure(position: position - bytes.startIndex, reason: reason)
  }

  /// Calls `member` with each key of an object, standing before its value.
  mutating func object(
    _ member: (inout HeaderScanner, String) throws -> Void
  ) throws {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// An array of whole numbers.
  mutating func integers() throws -> [Int] {
    var values: [Int] = []
    try expect("[")
    if skip("]") { return values }
    repeat { values.append(try integer()) } while skip(",")
    try expect("]")
    return values
  }

  /// Only white space may be left.
  mutating func end() throws {
    skipSpace()
    guard position == bytes.endIndex else { throw failure("text after the header's end") }
  }

  mutating func string() throws -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      guard let byte = next() else { throw failure("a string does not end") }
      switch byte {
      case UInt8(ascii: "\""):
        guard let result = String(validating: text, as: UTF8.self) else {
          throw failure("a string is not UTF-8")
        }
        return result
      case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
      case ..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
  }

  private mutating func integer() throws -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < bytes.endIndex, (0x30...0x39).contains(bytes[position]) {
      let (product, wide) = value.multipliedReportingOverflow(by: 10)
      let (sum, wider) = product.addingReportingOverflow(Int(bytes[position] - 0x30))
      if wide || wider { throw failure("a number is too large") }
      value = sum
      position += 1
    }
    guard position > start else { throw failure("expected a whole number") }
    if position > start + 1, bytes[start] == 0x30 { throw failure("a number starts with 0") }
    return value
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    guard let byte = next() else { throw failure("a string does not end") }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "u"): return try escapedUnit()
    default: throw failure("an unknown escape in a string")
    }
  }

  /// What follows `\u`: four digits, or two such groups for one scalar beyond 16 bits.
  private mutating func escapedUnit() throws -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else {
      throw failure("half of a surrogate pair")
    }
    let second = try fourDigits()
    guard (0xd800..<0xdc00).contains(first), (0xdc00..<0xe000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
    else { throw failure("half of a surrogate pair") }
    return scalar
  }

  private mutating func fourDigits() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private mutating func next() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws {
    guard skip(mark) else { throw failure("expected \(mark)") }
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, UInt32(bytes[position]) == mark.value else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[position]) {
      position += 1
    }
  }
}
