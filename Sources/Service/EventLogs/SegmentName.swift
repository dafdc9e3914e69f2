import CivilTime

/// `<prefix>-<yyyymmddThhmmss>-<n>.jsonl`: when the segment began, in UTC, and its number among
/// those of the same second, from 1.
struct SegmentName: Comparable {
  let time: String
  let number: Int

  init(seconds: Double, number: Int) {
    time = compactTime(secondsSince1970: seconds)
    self.number = number
  }

  /// nil for a file that is no segment of this prefix.
  init?(file: String, prefix: String) {
    guard file.hasPrefix(prefix + "-"), file.hasSuffix(".jsonl") else { return nil }
    let parts = file.dropFirst(prefix.count + 1).dropLast(6)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 15, let number = Int(parts[1]), number > 0,
      parts[0].utf8.enumerated().allSatisfy({ place, byte in
        place == 8 ? byte == UInt8(ascii: "T") : (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
      })
    else { return nil }
    time = String(parts[0])
    self.number = number
  }

  func file(prefix: String) -> String { "\(prefix)-\(time)-\(number).jsonl" }

  static func < (a: SegmentName, b: SegmentName) -> Bool {
    (a.time, a.number) < (b.time, b.number)
  }
}
