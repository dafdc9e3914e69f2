import JSON

/// The place of a line among all lines of some logs: by time, then kind, file and line.
///
/// At equal times updates come before rankings, for which they hold, and rankings before their
/// interactions: where lines have no order, theirs cannot decide.
struct EventKey: Sendable, Comparable {
  /// Bytes of a key as text.
  static let width = 32

  /// The order of unsigned numbers is that of the times.
  private let timeBits: UInt64
  private let place: UInt64

  /// What comes first among events of one time.
  enum Kind: UInt64 {
    case update, ranking, interaction
  }

  /// - Parameters:
  ///   - time: seconds since 1970; minus infinity for what comes before all.
  ///   - file: the number of the log, below 2^16.
  ///   - line: from 1, below 2^46.
  init(time: Double, kind: Kind, file: Int, line: Int) {
    let bits = time.bitPattern
    timeBits = bits >> 63 == 1 ? ~bits : bits | 1 << 63
    place = kind.rawValue << 62 | UInt64(file) << 46 | UInt64(line)
  }

  var time: Double {
    Double(bitPattern: timeBits >> 63 == 1 ? timeBits & ~(1 << 63) : ~timeBits)
  }
  var file: Int { Int(place >> 46 & (1 << 16 - 1)) }
  var line: Int { Int(place & (1 << 46 - 1)) }

  static func < (left: EventKey, right: EventKey) -> Bool {
    (left.timeBits, left.place) < (right.timeBits, right.place)
  }
}

extension EventKey {
  /// Reads what `text` wrote.
  ///
  /// - Precondition: at least `width` bytes of hexadecimal digits.
  init(text: ArraySlice<UInt8>) {
    precondition(text.count >= EventKey.width, "a key of \(text.count) bytes")
    let middle = text.startIndex + 16
    timeBits = EventKey.number(text[..<middle])
    place = EventKey.number(text[middle..<middle + 16])
  }

  /// `width` hexadecimal digits.
  var text: [UInt8] {
    Array(capacity: EventKey.width) { text in
      for number in [timeBits, place] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: number >> shift & 15)
          text.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
      }
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64 {
    digits.reduce(0) { number, digit in
      let value =
        digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
      return number << 4 | UInt64(value)
    }
  }
}
