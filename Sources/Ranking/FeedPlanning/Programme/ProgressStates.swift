/// States of progress: what has been taken from the queues, as one number made of digits.
///
/// A digit is the number of inserts taken from a queue or from several together, or the set of those
/// taken as bits.
struct ProgressStates: Sendable {
  struct Digit: Sendable {
    /// One channel, or several that are counted together.
    var channels: [Int]
    /// Whether the digit is a set of positions; else it is a count.
    var isSet: Bool
    /// Values that the digit takes, and what one unit of it adds to the number.
    var size: Int
    var stride: Int
  }

  let digits: [Digit]
  /// The digit of each channel.
  let digitOf: [Int]
  /// Channels whose digit tells which of their inserts have been taken.
  let isExact: [Bool]
  let count: Int
  /// The most that one move adds.
  let largestStep: Int
  /// `[digit][number]`: the digits of each number.
  let values: [[Int32]]
  /// Inserts taken, by number.
  let taken: [Int32]

  /// - Parameter groups: channels per digit, and whether it is a set.
  init(_ layout: FeedLayout, groups: [(channels: [Int], isSet: Bool)]) {
    var stride = 1
    var digits: [Digit] = []
    for (channels, isSet) in groups {
      let size =
        isSet
        ? 1 << layout.queues[channels[0]].items.count
        : 1 + channels.reduce(0) { $0 + layout.queues[$1].limit }
      digits.append(Digit(channels: channels, isSet: isSet, size: size, stride: stride))
      stride *= size
    }
    self.digits = digits
    count = stride
    digitOf = layout.queues.indices.map { c in
      digits.firstIndex { $0.channels.contains(c) } ?? 0
    }
    isExact = layout.queues.indices.map { c in
      digits.contains { digit in
        digit.channels == [c] && (digit.isSet || layout.queues[c].ordered)
      } || layout.queues[c].limit == 0
    }
    largestStep = digits.map { $0.isSet ? $0.stride * $0.size / 2 : $0.stride }.max() ?? 0
    values = digits.map { digit in (0..<stride).map { Int32($0 / digit.stride % digit.size) } }
    let sizes = zip(digits, values)
    taken = (0..<stride).map { number in
      sizes.reduce(0) { sum, digit in
        sum + (digit.0.isSet ? Int32(digit.1[number].nonzeroBitCount) : digit.1[number])
      }
    }
  }

  /// How many numbers there would be, saturating.
  static func size(_ layout: FeedLayout, groups: [(channels: [Int], isSet: Bool)]) -> Int {
    groups.reduce(1) { product, group in
      let items = layout.queues[group.channels[0]].items.count
      let size =
        group.isSet
        ? (items < 40 ? 1 << items : 1 << 40)
        : 1 + group.channels.reduce(0) { $0 + layout.queues[$1].limit }
      let (result, overflow) = product.multipliedReportingOverflow(by: size)
      return overflow ? .max : result
    }
  }

  /// What the number grows by when the insert at a position of a channel's queue is taken.
  func step(channel: Int, position: Int) -> Int {
    let digit = digits[digitOf[channel]]
    return digit.isSet ? digit.stride << position : digit.stride
  }
}
