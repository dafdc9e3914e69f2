import CHiredis

/// One connection to a Redis server; used by one thread at a time.
///
/// Safe to use: the pointer lives as long as the object, and replies are copied before they are freed.
@safe final class RedisConnection: @unchecked Sendable {
  private let connection: OpaquePointer
  private let place: String

  /// What a command gave.
  enum Reply: Equatable {
    case text([UInt8])
    case list([Reply])
    /// A number, or nothing.
    case other
  }

  /// - Throws: also where hiredis is not installed.
  init(_ configuration: RedisConfiguration) throws(UserMemoryError) {
    place = "\(configuration.host):\(configuration.port)"
    guard fader_redis_load() else {
      throw UserMemoryError(
        place, "the library hiredis is not installed: libhiredis0.14 in Debian 12")
    }
    let milliseconds = Int32(max(1, configuration.timeoutMilliseconds))
    guard
      let connection = unsafe fader_redis_connect(
        configuration.host, Int32(configuration.port), milliseconds)
    else { throw UserMemoryError(place, "no connection") }
    unsafe self.connection = connection
  }

  deinit { unsafe fader_redis_close(connection) }

  /// - Throws: for a lost connection, and for what the server refuses.
  func run(_ arguments: [[UInt8]]) throws(UserMemoryError) -> Reply {
    let bytes = arguments.flatMap(\.self)
    let lengths = arguments.map(\.count)
    let reply = unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe lengths.withUnsafeBufferPointer { lengths -> OpaquePointer? in
        guard let lengths = lengths.baseAddress, let first = bytes.baseAddress else { return nil }
        return unsafe first.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
          unsafe lengths.withMemoryRebound(to: Int.self, capacity: arguments.count) { lengths in
            unsafe fader_redis_command(connection, Int32(arguments.count), text, lengths)
          }
        }
      }
    }
    guard let reply = unsafe reply else { throw UserMemoryError(place, "no reply in time") }
    defer { unsafe fader_redis_free(reply) }
    if unsafe fader_redis_is_error(reply), case .text(let words) = unsafe Self.value(reply) {
      throw UserMemoryError(place, String(decoding: words, as: UTF8.self))
    }
    return unsafe Self.value(reply)
  }

  private static func value(_ reply: OpaquePointer) -> Reply {
    var length = 0
    if let text = unsafe fader_redis_text(reply, &length) {
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: length)
      return .text(unsafe Array(bytes))
    }
    let count = unsafe fader_redis_count(reply)
    guard count > 0 else { return .other }
    return .list((0..<count).map { unsafe value(fader_redis_element(reply, $0)) })
  }
}
