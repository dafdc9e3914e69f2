import ProtobufMessages

/// The framed `Event` messages that an event file is made of; field numbers as in `event.proto`
/// and `summary.proto`.
package enum EventMessage {
  /// What every file starts with.
  package static func version(time: Double) -> [UInt8] {
    var event = ProtobufMessage()
    event.add(1, double: time)
    event.add(3, bytes: Array("brain.Event:2".utf8))
    return framed(event.bytes)
  }

  /// Tells readers that training goes on at `step`: earlier events from there on are void.
  package static func restart(time: Double, step: Int) -> [UInt8] {
    var session = ProtobufMessage()
    session.add(1, integer: 1)  // SessionLog.START
    var event = ProtobufMessage()
    event.add(1, double: time)
    event.add(2, integer: step)
    event.add(7, bytes: session.bytes)
    return framed(event.bytes)
  }

  package static func scalars(
    time: Double, step: Int, _ values: [String: Double]
  ) -> [UInt8] {
    var summary = ProtobufMessage()
    let sorted = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (name, value) in sorted {
      var scalar = ProtobufMessage()
      scalar.add(1, bytes: Array(name.utf8))
      scalar.add(2, float: Float(value))
      summary.add(1, bytes: scalar.bytes)
    }
    var event = ProtobufMessage()
    event.add(1, double: time)
    event.add(2, integer: step)
    event.add(5, bytes: summary.bytes)
    return framed(event.bytes)
  }

  /// One TFRecord.
  private static func framed(_ data: [UInt8]) -> [UInt8] {
    let length = ProtobufMessage.littleEndian(UInt64(data.count), width: 8)
    return length + masked(length) + data + masked(data)
  }

  private static func masked(_ data: [UInt8]) -> [UInt8] {
    let check = crc32c(data)
    let mask = (check >> 15 | check << 17) &+ 0xa282_ead8
    return ProtobufMessage.littleEndian(UInt64(mask), width: 4)
  }
}
