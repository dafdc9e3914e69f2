/// Writes `scalars` as little-endian 4-byte floats into `bytes` from `start` on.
func store(_ scalars: [Float], into bytes: inout [UInt8], at start: Int) {
  precondition(
    start >= 0 && start + 4 * scalars.count <= bytes.count,
    "\(scalars.count) scalars do not fit into \(bytes.count) bytes from \(start)")
  let source = scalars.span
  var target = bytes.mutableSpan
  var position = start
  for index in source.indices {
    let bits = source[index].bitPattern
    target[position] = UInt8(truncatingIfNeeded: bits)
    target[position &+ 1] = UInt8(truncatingIfNeeded: bits >> 8)
    target[position &+ 2] = UInt8(truncatingIfNeeded: bits >> 16)
    target[position &+ 3] = UInt8(truncatingIfNeeded: bits >> 24)
    position &+= 4
  }
}

/// Reads `count` little-endian 4-byte floats from `bytes` from `start` on.
func loadFloats(_ bytes: [UInt8], from start: Int, count: Int) -> [Float] {
  precondition(
    start >= 0 && count >= 0 && start + 4 * count <= bytes.count,
    "\(count) scalars do not lie in \(bytes.count) bytes from \(start)")
  var result = [Float](repeating: 0, count: count)
  let source = bytes.span
  var target = result.mutableSpan
  var position = start
  for index in target.indices {
    let low = UInt32(source[position]) | UInt32(source[position &+ 1]) << 8
    let high = UInt32(source[position &+ 2]) << 16 | UInt32(source[position &+ 3]) << 24
    target[index] = Float(bitPattern: low | high)
    position &+= 4
  }
  return result
}

/// The little-endian whole number in `width` (at most 8) bytes from `start` on.
func loadInteger(_ bytes: [UInt8], from start: Int, width: Int) -> UInt64 {
  var value: UInt64 = 0
  for index in 0..<width { value |= UInt64(bytes[start + index]) << UInt64(8 * index) }
  return value
}
