/// `2025-06-26T10:08:21.845Z`: seconds since 1970-01-01 UTC as ISO 8601, to the nearest millisecond.
package func iso8601(secondsSince1970 seconds: Double) -> String {
  let milliseconds = Int((seconds * 1000).rounded())
  let (whole, fraction) = milliseconds.floorDivided(by: 1000)
  let (date, time) = fields(of: whole)
  return date.joined(separator: "-") + "T" + time.joined(separator: ":") + "."
    + padded(fraction, 3) + "Z"
}

/// `20250626T100821`: the second in which this time lies, without zone, which is UTC, and without
/// signs that file names do not take.
package func compactTime(secondsSince1970 seconds: Double) -> String {
  let (date, time) = fields(of: Int(seconds.rounded(.down)))
  return date.joined() + "T" + time.joined()
}

private func fields(of seconds: Int) -> (date: [String], time: [String]) {
  let (days, second) = seconds.floorDivided(by: 86_400)
  let date = CivilDate(daysSince1970: days)
  return (
    date: [padded(date.year, 4), padded(date.month, 2), padded(date.day, 2)],
    time: [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }
  )
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(width - text.count, 0)) + text
}
