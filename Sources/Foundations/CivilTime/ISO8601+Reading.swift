/// Seconds since 1970-01-01 UTC of an ISO 8601 time such as `2025-06-26T10:08:21.845Z`; nil for
/// anything else.
///
/// Date and time with `T`, `t` or a blank between, seconds and their fraction optional (six digits
/// count), then `Z` or an offset `+02:00`, `+0200`, `+02`. A time without zone is refused: it
/// would mean different seconds on different machines. A leap second is the second after it.
package func secondsSince1970(iso8601 text: String) -> Double? {
  var reader = DigitReader(bytes: Array(text.utf8))
  guard let date = reader.date(), reader.take("T") || reader.take("t") || reader.take(" "),
    let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), hour < 24,
    minute < 60
  else { return nil }
  var second = 0
  var fraction = (value: 0, scale: 1)
  if reader.take(":") {
    guard let whole = reader.number(2), whole <= 60 else { return nil }
    second = whole
    if reader.take(".") || reader.take(",") {
      guard let read = reader.fraction() else { return nil }
      fraction = read
    }
  }
  guard let offset = reader.offset(), reader.isAtEnd else { return nil }
  let seconds = ((date.daysSince1970 * 24 + hour) * 60 + minute) * 60 + second - offset
  // One division of whole numbers below 2^53 gives the Double nearest to the written decimal.
  return Double(seconds * fraction.scale + fraction.value) / Double(fraction.scale)
}

private struct DigitReader {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
    at += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 else { return nil }
    at += 1
    return Int(bytes[at - 1] - UInt8(ascii: "0"))
  }

  /// Exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// `2025-06-26`, a day that exists.
  mutating func date() -> CivilDate? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2)
    else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    return date.exists ? date : nil
  }

  /// At least one digit, as value / scale; digits after the sixth are read and dropped.
  mutating func fraction() -> (value: Int, scale: Int)? {
    guard var value = digit() else { return nil }
    var scale = 10
    while let digit = digit() {
      guard scale < 1_000_000 else { continue }
      value = value * 10 + digit
      scale *= 10
    }
    return (value, scale)
  }

  /// Seconds east of UTC.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let west = take("-")
    guard west || take("+"), let hours = number(2), hours < 24 else { return nil }
    var minutes = 0
    if !isAtEnd {
      _ = take(":")
      guard let read = number(2), read < 60 else { return nil }
      minutes = read
    }
    return (west ? -1 : 1) * (hours * 60 + minutes) * 60
  }
}
