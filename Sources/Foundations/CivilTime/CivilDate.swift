/// A day of the Gregorian calendar, also before its introduction (the proleptic calendar).
///
/// Both directions follow H. Hinnant, "chrono-compatible low-level date algorithms": years are
/// counted from March, so that the leap day is the last of its year, in eras of 400 years, which
/// have 146,097 days each; 719,468 is the day number of 1970-01-01 in that count.
struct CivilDate: Equatable {
  var year: Int
  /// From 1.
  var month: Int
  /// From 1.
  var day: Int

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  init(daysSince1970 days: Int) {
    let (era, dayOfEra) = (days + 719_468).floorDivided(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  }

  var daysSince1970: Int {
    let (era, yearOfEra) = (month > 2 ? year : year - 1).floorDivided(by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Whether the calendar has such a day.
  var exists: Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    switch month {
    case 4, 6, 9, 11: return day <= 30
    case 2: return day <= (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)
    default: return day <= 31
    }
  }
}

extension Int {
  /// Quotient towards minus infinity and a remainder >= 0.
  func floorDivided(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
