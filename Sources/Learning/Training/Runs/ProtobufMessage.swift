/// The little of Protocol Buffers' wire format that scalars for TensorBoard need.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, integer: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(bitPattern: Int64(integer)))
  }

  mutating func add(_ field: Int, double: Double) {
    varint(UInt64(field << 3 | 1))
    bytes += ProtobufMessage.littleEndian(double.bitPattern, width: 8)
  }

  mutating func add(_ field: Int, float: Float) {
    varint(UInt64(field << 3 | 5))
    bytes += ProtobufMessage.littleEndian(UInt64(float.bitPattern), width: 4)
  }

  /// A text or an inner message.
  mutating func add(_ field: Int, bytes content: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  static func littleEndian(_ value: UInt64, width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
}
