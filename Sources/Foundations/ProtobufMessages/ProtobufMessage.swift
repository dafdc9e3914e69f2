/// The little of Protocol Buffers' wire format that TensorBoard's scalars and ONNX models need, as it is
/// written.
package struct ProtobufMessage: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func add(_ field: Int, integer: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(bitPattern: Int64(integer)))
  }

  package mutating func add(_ field: Int, double: Double) {
    varint(UInt64(field << 3 | 1))
    bytes += ProtobufMessage.littleEndian(double.bitPattern, width: 8)
  }

  package mutating func add(_ field: Int, float: Float) {
    varint(UInt64(field << 3 | 5))
    bytes += ProtobufMessage.littleEndian(UInt64(float.bitPattern), width: 4)
  }

  /// A text or an inner message.
  package mutating func add(_ field: Int, bytes content: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  package mutating func add(_ field: Int, text: String) { add(field, bytes: Array(text.utf8)) }

  package mutating func add(_ field: Int, _ message: ProtobufMessage) {
    add(field, bytes: message.bytes)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package static func littleEndian(_ value: UInt64, width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }
}
