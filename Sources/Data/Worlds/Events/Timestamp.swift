/// `2025-06-26T10:08:21.845Z`: seconds since 1970-01-01 UTC as ISO 8601, to the millisecond.
func timestamp(_ seconds: Double) -> String {
  let milliseconds = Int((seconds * 1000).rounded())
  let (days, ofDay) = milliseconds.floorDivided(by: 86_400_000)
  let date = civilDate(daysSince1970: days)
  let time = [ofDay / 3_600_000, ofDay / 60_000 % 60, ofDay / 1000 % 60].map { padded($0, 2) }
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
    + time.joined(separator: ":") + "." + padded(ofDay % 1000, 3) + "Z"
}

/// The Gregorian date (H. Hinnant, "chrono-compatible low-level date algorithms", days to civil).
private func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
  // Years start in March, so that the leap day is their last.
  let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return (
    year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month: month,
    day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  )
}

private func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(width - text.count, 0)) + text
}

extension Int {
  /// Quotient towards minus infinity and a remainder >= 0.
  fileprivate func floorDivided(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
