extension JSONCursor {
  /// A string, from its opening to its closing quote.
  package mutating func string() throws(JSONError) -> String {
    try expect("\"")
    let start = at
    var all: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        let text =
          all < 0x80
          ? String(decoding: bytes[start..<at], as: UTF8.self)
          : try text(bytes.span.extracting(start..<at), from: start)
        at += 1
        return text
      }
      all |= byte
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
      guard byte >= 0x20 else { throw fault("no raw control character in a string") }
      at += 1
    }
    throw fault("a closing '\"'")
  }

  /// The rest of a string with escapes; the cursor stands on the first one.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var unescaped: [UInt8] = []
    for index in start..<at { unescaped.append(bytes[index]) }
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(unescaped.span, from: start)
        at += 1
        return text
      case UInt8(ascii: "\\"):
        at += 1
        try appendEscape(to: &unescaped)
      case 0x20...:
        unescaped.append(byte)
        at += 1
      default: throw fault("no raw control character in a string")
      }
    }
    throw fault("a closing '\"'")
  }

  /// One escape; the cursor stands behind the backslash.
  private mutating func appendEscape(to bytes: inout [UInt8]) throws(JSONError) {
    guard at < self.bytes.count else { throw fault("an escape") }
    switch self.bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(self.bytes[at])
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "n"): bytes.append(0x0a)
    case UInt8(ascii: "f"): bytes.append(0x0c)
    case UInt8(ascii: "r"): bytes.append(0x0d)
    case UInt8(ascii: "u"):
      at += 1
      bytes.append(contentsOf: String(try escapedScalar()).utf8)
      return
    default: throw fault("one of \"\\/bfnrtu after a backslash")
    }
    at += 1
  }

  /// Four hexadecimal digits, or two such units that are a surrogate pair.
  private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
    let start = at
    let unit = try hexadecimalUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    if unit < 0xdc00, take("\\"), take("u") {
      let low = try hexadecimalUnit()
      if (0xdc00...0xdfff).contains(low),
        let scalar = Unicode.Scalar(0x1_0000 + (unit - 0xd800) << 10 + (low - 0xdc00))
      {
        return scalar
      }
    }
    throw JSONError(
      offset: start, expected: "a pair of surrogates",
      got: "a lone one, \\u\(String(unit, radix: 16))")
  }

  private mutating func hexadecimalUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue
      else { throw fault("a hexadecimal digit") }
      unit = unit << 4 | UInt32(digit)
      at += 1
    }
    return unit
  }

  private func text(_ bytes: Span<UInt8>, from start: Int) throws(JSONError) -> String {
    do throws(UTF8.ValidationError) {
      return String(copying: try UTF8Span(validating: bytes))
    } catch {
      // Escapes shorten the text, so behind one the offset is only near the fault.
      throw JSONError(
        offset: start + error.byteOffsets.lowerBound, expected: "valid UTF-8",
        got: "\(error.kind)")
    }
  }
}
