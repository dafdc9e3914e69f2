/// Where events are logged and how much of them is kept: section `serving.log`.
public struct EventLogConfiguration: Codable, Sendable, Hashable {
  /// Made if missing.
  public var folder = "logs"
  /// A segment that would grow beyond this ends. Megabytes are 10^6 bytes.
  public var rotateMegabytes = 64.0
  /// A segment that is this old ends.
  public var rotateSeconds = 3600.0
  /// Most that the segments of one kind take together; the oldest are deleted.
  public var keepMegabytes = 4096.0
  /// Longest that a line waits before it is written.
  public var flushMilliseconds = 200.0
  /// Lines that wait for a slow or broken disk; more are dropped and counted.
  public var queueMegabytes = 16.0

  enum CodingKeys: String, CodingKey {
    case folder
    case rotateMegabytes = "rotate_megabytes"
    case rotateSeconds = "rotate_seconds"
    case keepMegabytes = "keep_megabytes"
    case flushMilliseconds = "flush_milliseconds"
    case queueMegabytes = "queue_megabytes"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    folder = try c.decodeIfPresent(String.self, forKey: .folder) ?? folder
    rotateMegabytes =
      try c.decodeIfPresent(Double.self, forKey: .rotateMegabytes) ?? rotateMegabytes
    rotateSeconds = try c.decodeIfPresent(Double.self, forKey: .rotateSeconds) ?? rotateSeconds
    keepMegabytes = try c.decodeIfPresent(Double.self, forKey: .keepMegabytes) ?? keepMegabytes
    flushMilliseconds =
      try c.decodeIfPresent(Double.self, forKey: .flushMilliseconds) ?? flushMilliseconds
    queueMegabytes = try c.decodeIfPresent(Double.self, forKey: .queueMegabytes) ?? queueMegabytes
  }

  /// Everything that is wrong, each by its key.
  public var faults: [(key: String, expected: String, got: String)] {
    var faults: [(key: String, expected: String, got: String)] = []
    func check(_ holds: Bool, _ key: CodingKeys, _ expected: String, _ got: Any) {
      if !holds { faults.append((key.rawValue, expected, "\(got)")) }
    }
    check(!folder.isEmpty, .folder, "the path of a folder", "an empty text")
    check(
      (0.001...1e6).contains(rotateMegabytes), .rotateMegabytes, "0.001 to 1000000 megabytes",
      rotateMegabytes)
    check(
      (1...1e7).contains(rotateSeconds), .rotateSeconds, "1 to 10000000 seconds", rotateSeconds)
    check(
      keepMegabytes >= rotateMegabytes && keepMegabytes <= 1e9, .keepMegabytes,
      "at least rotate_megabytes, up to 1000000000", keepMegabytes)
    check(
      (1...60_000).contains(flushMilliseconds), .flushMilliseconds, "1 to 60000 milliseconds",
      flushMilliseconds)
    check(
      (0.001...4096).contains(queueMegabytes), .queueMegabytes, "0.001 to 4096 megabytes",
      queueMegabytes)
    return faults
  }

  var rotateBytes: Int { EventLogConfiguration.bytes(rotateMegabytes) }
  var keepBytes: Int { EventLogConfiguration.bytes(keepMegabytes) }
  var queueBytes: Int { EventLogConfiguration.bytes(queueMegabytes) }

  private static func bytes(_ megabytes: Double) -> Int {
    // Within what a configuration may say, so that no number of megabytes traps.
    Int(min(max(megabytes, 0), 1e9) * 1e6)
  }
}
