/// Hours of a day from `start` up to but not including `end`, around midnight when `end` is not
/// later.
struct HourSpan: Sendable, Hashable {
  var start: Int
  var end: Int

  /// From `22-6`; nil for anything but two hours, 0-23 and 0-24, that differ.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Int(parts[0]), let end = Int(parts[1]),
      (0...23).contains(start), (0...24).contains(end), start != end
    else { return nil }
    self.start = start
    self.end = end
  }

  func contains(_ hour: Int) -> Bool {
    start < end ? (start..<end).contains(hour) : hour >= start || hour < end
  }
}
