import Synchronization

/// Names requests, so that a client's report finds its line in the log.
final class RequestIdentity: Sendable {
  private let prefix: String
  private let count = Atomic<UInt64>(0)

  /// - Parameter start: seconds since 1970, which keeps ids of successive runs apart.
  init(start: Double) {
    prefix = String(UInt64(max(start, 0) * 1000), radix: 36)
  }

  /// The client's own id when it is harmless in headers and logs, else a new one.
  func id(proposed: String?) -> String {
    if let proposed, RequestIdentity.isHarmless(proposed) { return proposed }
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    return "\(prefix)-\(number)"
  }

  /// 1 to 128 of ASCII letters, digits and `. _ : / -`.
  static func isHarmless(_ id: String) -> Bool {
    guard (1...128).contains(id.utf8.count) else { return false }
    return id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}
