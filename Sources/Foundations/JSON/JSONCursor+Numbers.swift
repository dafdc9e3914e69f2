/// 10^0...10^22, the powers of ten that a Double holds exactly.
private let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

extension JSONCursor {
  /// A whole number from 0 that fits an Int, written as digits alone: sizes and offsets.
  package mutating func wholeNumber() throws(JSONError) -> Int {
    let start = at
    var value = 0
    while at < bytes.count, isDigit(bytes[at]) {
      let (product, wide) = value.multipliedReportingOverflow(by: 10)
      let (sum, wider) = product.addingReportingOverflow(Int(bytes[at] &- UInt8(ascii: "0")))
      if wide || wider { throw fault("a number of at most 63 bits") }
      value = sum
      at += 1
    }
    guard at > start else { throw fault("a whole number from 0") }
    if at > start + 1, bytes[start] == UInt8(ascii: "0") {
      throw fault("no digit after a leading 0")
    }
    return value
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`, rounded to the nearest Double.
  package mutating func number() throws(JSONError) -> Double {
    let start = at
    let negative = take("-")
    var decimal = Decimal()
    if take("0") {
      if at < bytes.count, isDigit(bytes[at]) { throw fault("no digit after a leading 0") }
    } else {
      try digits(into: &decimal)
    }
    if take(".") {
      let point = at
      try digits(into: &decimal)
      decimal.exponent -= at - point
    }
    if take("e") || take("E") {
      decimal.exponent += try exponent()
    }
    if let exact = decimal.exact { return negative ? -exact : exact }
    return try rounded(from: start)
  }

  /// A number, or the digits of a whole one that no Double holds for sure.
  mutating func numberOrWide() throws(JSONError) -> JSONValue {
    let start = at
    let value = try number()
    guard let digits = wideDigits(from: start, value) else { return .number(value) }
    return .wide(String(decoding: bytes[digits], as: UTF8.self))
  }

  /// Where the number that was read from `start` on stands, if it is a wide whole one.
  package func wideDigits(from start: Int, _ value: Double) -> Range<Int>? {
    guard abs(value) >= JSONValue.wideStart else { return nil }
    let first = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
    return bytes[first..<at].allSatisfy(isDigit) ? start..<at : nil
  }

  /// A run of at least one digit, added to the mantissa while that fits.
  private mutating func digits(into decimal: inout Decimal) throws(JSONError) {
    guard at < bytes.count, isDigit(bytes[at]) else { throw fault("a digit") }
    while at < bytes.count, isDigit(bytes[at]) {
      decimal.append(bytes[at] &- UInt8(ascii: "0"))
      at += 1
    }
  }

  private mutating func exponent() throws(JSONError) -> Int {
    let negative = take("-")
    if !negative { _ = take("+") }
    guard at < bytes.count, isDigit(bytes[at]) else { throw fault("a digit of the exponent") }
    var value = 0
    while at < bytes.count, isDigit(bytes[at]) {
      // Past 99,999 the slow path decides from the text alone, so the count may stop there.
      if value < 99_999 { value = value * 10 + Int(bytes[at] &- UInt8(ascii: "0")) }
      at += 1
    }
    return negative ? -value : value
  }

  /// Long mantissas and large exponents: the standard library's correctly rounded conversion.
  @inline(never)
  private func rounded(from start: Int) throws(JSONError) -> Double {
    var text = ""
    for index in start..<at { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    guard let value = Double(text), value.isFinite else {
      throw JSONError(
        offset: start, expected: "a number of magnitude up to 1.8e308",
        got: text.count > 40 ? "\(text.prefix(40))..." : text)
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}

/// mantissa * 10^exponent while the mantissa fits into 18 digits.
private struct Decimal {
  private var mantissa: UInt64 = 0
  private var count = 0
  var exponent = 0

  mutating func append(_ digit: UInt8) {
    // Leading zeros do not count; after 18 digits only the count goes on, to leave the fast path.
    if count > 0 || digit > 0 { count += 1 }
    if count <= 18 { mantissa = mantissa &* 10 &+ UInt64(digit) }
  }

  /// The value, when mantissa and power are exact Doubles: one operation then rounds rightly
  /// (Clinger, "How to read floating point numbers accurately", 1990).
  var exact: Double? {
    guard count <= 18, mantissa <= 1 << 53, (-22...22).contains(exponent) else { return nil }
    let power = exactPowersOfTen[abs(exponent)]
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }
}
