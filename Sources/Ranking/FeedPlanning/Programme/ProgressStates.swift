/// States of progress: what has been taken from the queues, as one number made of digits.
struct ProgressStates: Sendable {
  /// What a digit tells.
  enum Kind: Sendable {
    /// How many inserts have been taken.
    case count
    /// Which have been taken, as bits.
    case set
    /// How many of a channel's limit are spent: taken, or no longer within its share.
    case spent
    /// Count k and spent s >= k of one channel: s - k selects a diagonal, k the place on it, so that
    /// an insert adds 1 whatever the diagonal.
    case countAndSpent
  }

  struct Digit: Sendable {
    /// One channel, or several that are counted together.
    let channels: [Int]
    let kind: Kind
    /// Values that the digit takes, and what one unit of it adds to the number.
    let size: Int
    let stride: Int
  }

  /// What a digit is asked to tell.
  typealias Group = (channels: [Int], kind: Kind)

  let digits: [Digit]
  /// The digit of each channel that tells what is taken, and the one that tells what is spent.
  let digitOf: [Int]
  let spentOf: [Int?]
  /// Channels whose digit tells which of their inserts have been taken.
  let isExact: [Bool]
  let count: Int
  /// `[digit][number]`: the digits of each number.
  let values: [[Int32]]
  /// Inserts taken, by number.
  let taken: [Int32]
  /// The limit of each channel, for diagonals.
  fileprivate let limits: [Int]

  init(_ layout: FeedLayout, groups: [Group]) {
    var stride = 1
    var digits: [Digit] = []
    for group in groups {
      let size = Self.size(layout, group)
      digits.append(
        Digit(channels: group.channels, kind: group.kind, size: size, stride: stride))
      stride *= size
    }
    self.digits = digits
    count = stride
    let limits = layout.queues.map(\.limit)
    self.limits = limits
    digitOf = layout.queues.indices.map { c in
      digits.firstIndex { $0.kind != .spent && $0.channels.contains(c) } ?? 0
    }
    spentOf = layout.queues.indices.map { c in
      digits.firstIndex {
        ($0.kind == .spent || $0.kind == .countAndSpent) && $0.channels == [c]
      }
    }
    isExact = layout.queues.indices.map { c in
      digits.contains { digit in
        digit.channels == [c]
          && (digit.kind == .set || digit.kind != .spent && layout.queues[c].ordered)
      } || layout.queues[c].limit == 0
    }
    values = digits.map { digit in (0..<stride).map { Int32($0 / digit.stride % digit.size) } }
    var taken = [Int32](repeating: 0, count: stride)
    for (digit, values) in zip(digits, values) {
      let byValue = (0..<digit.size).map { Int32(Self.taken(digit, $0, limits)) }
      for number in taken.indices { taken[number] += byValue[Int(values[number])] }
    }
    self.taken = taken
  }

  /// How many numbers there would be, saturating.
  static func size(_ layout: FeedLayout, groups: [Group]) -> Int {
    groups.reduce(1) { product, group in
      let (result, overflow) = product.multipliedReportingOverflow(by: size(layout, group))
      return overflow ? .max : result
    }
  }

  private static func size(_ layout: FeedLayout, _ group: Group) -> Int {
    let sum = group.channels.reduce(0) { $0 + layout.queues[$1].limit }
    switch group.kind {
    case .count, .spent: return sum + 1
    case .countAndSpent: return (sum + 1) * (sum + 2) / 2
    case .set: return 1 << min(layout.queues[group.channels[0]].items.count, 40)
    }
  }

  /// Inserts that a digit says are taken.
  func taken(_ digit: Int, _ value: Int) -> Int { Self.taken(digits[digit], value, limits) }

  private static func taken(_ digit: Digit, _ value: Int, _ limits: [Int]) -> Int {
    switch digit.kind {
    case .count: return value
    case .set: return value.nonzeroBitCount
    case .spent: return 0
    case .countAndSpent: return place(value, limits[digit.channels[0]]).count
    }
  }

  /// Whether a digit that tells what is spent allows no more.
  func isSpent(_ digit: Int, _ value: Int) -> Bool {
    let limit = limits[digits[digit].channels[0]]
    guard digits[digit].kind == .countAndSpent else { return value == limit }
    let (diagonal, count) = Self.place(value, limit)
    return diagonal + count == limit
  }

  /// Diagonal d has limit + 1 - d places.
  private static func place(_ value: Int, _ limit: Int) -> (diagonal: Int, count: Int) {
    var diagonal = 0
    var left = value
    while left > limit - diagonal {
      left -= limit + 1 - diagonal
      diagonal += 1
    }
    return (diagonal, left)
  }

  /// What the number grows by when the insert at a position of a channel's queue is taken.
  func step(channel: Int, position: Int) -> Int {
    let digit = digits[digitOf[channel]]
    return digit.kind == .set ? digit.stride << position : digit.stride
  }

  /// What to add to a number that has nothing spent beyond `count` taken inserts.
  func offset(channel: Int, count: Int, spent: Int) -> Int {
    guard let place = spentOf[channel] else { return 0 }
    let digit = digits[place]
    guard digit.kind == .countAndSpent else { return spent * digit.stride }
    let diagonal = spent - count
    let limit = limits[channel]
    return (diagonal * (limit + 1) - diagonal * (diagonal - 1) / 2) * digit.stride
  }
}
