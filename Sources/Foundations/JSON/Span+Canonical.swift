/// Scanning JSON for values that stand as `JSONValue.serialized()` would write them. Every function
/// takes any index from 0 on, and answers nil for what it does not find.
extension Span<UInt8> {
  @inline(__always)
  @inlinable
  package func holds(_ byte: UInt8, at index: Int) -> Bool { index < count && self[index] == byte }

  @inline(__always)
  @usableFromInline
  package func holdsDigit(at index: Int) -> Bool {
    index < count && self[index] &- UInt8(ascii: "0") < 10
  }

  /// The index behind the blanks from `start`.
  @inline(__always)
  @inlinable
  package func endOfSpace(from start: Int) -> Int {
    var at = start
    while at < count {
      switch self[at] {
      case 0x20, 0x09, 0x0a, 0x0d: at += 1
      default: return at
      }
    }
    return at
  }

  /// The index behind `text`, when it stands at `start`.
  @inlinable
  package func behind(_ text: String, from start: Int) -> Int? {
    var at = start
    for byte in text.utf8 {
      guard holds(byte, at: at) else { return nil }
      at += 1
    }
    return at
  }

  /// The index of the quote that closes a text of ASCII without escapes.
  @inline(__always)
  @inlinable
  package func endOfPlainText(from start: Int) -> Int? {
    var at = start
    while at < count {
      let byte = self[at]
      if byte == UInt8(ascii: "\"") { return at }
      guard byte &- 0x20 < 0x60, byte != UInt8(ascii: "\\") else { return nil }
      at += 1
    }
    return nil
  }

  /// Whether the bytes of one range, as a number of base 256, come before those of the other.
  @inline(__always)
  @inlinable
  package func isBefore(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    var (l, r) = (left.lowerBound, right.lowerBound)
    while l < left.upperBound, r < right.upperBound {
      if self[l] != self[r] { return self[l] < self[r] }
      l += 1
      r += 1
    }
    return left.count < right.count
  }

  /// The index behind a text, number, flag or array of texts.
  @inline(__always)
  @inlinable
  package func endOfCanonicalValue(from start: Int) -> Int? {
    guard start < count else { return nil }
    return switch self[start] {
    case UInt8(ascii: "\""): endOfText(from: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): endOfNumber(from: start)
    case UInt8(ascii: "t"): behind("true", from: start)
    case UInt8(ascii: "f"): behind("false", from: start)
    case UInt8(ascii: "["): endOfTexts(from: start)
    default: nil
    }
  }

  /// A text without escapes, its quotes included.
  @inline(__always)
  @usableFromInline
  package func endOfText(from start: Int) -> Int? {
    if let end = endOfPlainText(from: start + 1) { return end + 1 }
    return endOfAccentedText(from: start)
  }

  @inline(never)
  @usableFromInline
  package func endOfAccentedText(from start: Int) -> Int? {
    var at = start + 1
    while at < count, self[at] >= 0x20, self[at] != UInt8(ascii: "\\") {
      if self[at] == UInt8(ascii: "\"") {
        return (try? UTF8Span(validating: extracting(start + 1..<at))) == nil ? nil : at + 1
      }
      at += 1
    }
    return nil
  }

  @usableFromInline
  package func endOfTexts(from start: Int) -> Int? {
    if holds(UInt8(ascii: "]"), at: start + 1) { return start + 2 }
    var at = start
    while holds(UInt8(ascii: "\""), at: at + 1), let end = endOfText(from: at + 1) {
      if holds(UInt8(ascii: "]"), at: end) { return end + 1 }
      guard holds(UInt8(ascii: ","), at: end) else { return nil }
      at = end
    }
    return nil
  }

  /// A decimal of up to 15 digits, from 0.0001 on, without exponent or trailing zeros: so few
  /// digits are the shortest for their Double, and such a size is written without an exponent.
  @usableFromInline
  package func endOfNumber(from start: Int) -> Int? {
    let whole = self[start] == UInt8(ascii: "-") ? start + 1 : start
    var at = whole
    while holdsDigit(at: at) { at += 1 }
    let point = at
    guard point > whole, point == whole + 1 || self[whole] != UInt8(ascii: "0") else { return nil }
    if holds(UInt8(ascii: "."), at: at) {
      at += 1
      while holdsDigit(at: at) { at += 1 }
      guard at > point + 1, self[at - 1] != UInt8(ascii: "0") else { return nil }
      if self[whole] == UInt8(ascii: "0") {
        var first = point + 1
        while self[first] == UInt8(ascii: "0") { first += 1 }
        guard first <= point + 4 else { return nil }
      }
    }
    guard at - whole <= 15 else { return nil }
    return holds(UInt8(ascii: "e"), at: at) || holds(UInt8(ascii: "E"), at: at) ? nil : at
  }
}
