/// Appends values to a sequence of 32-bit words, the only unit of the session cache.
struct WordWriter: Sendable {
  private(set) var words: [UInt32] = []

  mutating func add(_ value: UInt64) {
    words.append(UInt32(truncatingIfNeeded: value))
    words.append(UInt32(truncatingIfNeeded: value >> 32))
  }

  mutating func add(_ value: Double) { add(value.bitPattern) }

  mutating func add(count: Int) {
    precondition(count >= 0 && count <= Int(UInt32.max), "count \(count) does not fit a word")
    words.append(UInt32(count))
  }

  /// Length, then the values.
  mutating func add(_ values: [Float]) {
    add(count: values.count)
    for value in values { words.append(value.bitPattern) }
  }

  mutating func add(_ values: [Int32]) {
    add(count: values.count)
    for value in values { words.append(UInt32(bitPattern: value)) }
  }

  mutating func removeAll() { words.removeAll(keepingCapacity: true) }
}
