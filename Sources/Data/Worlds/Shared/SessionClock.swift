/// When the sessions of a world happen: evenly spaced.
package struct SessionClock: Sendable {
  /// Seconds since 1970-01-01 UTC.
  var start = 1_767_225_600.0
  var sessionsPerDay = 5000

  /// Of session number `index`: seconds since 1970-01-01 UTC, to the millisecond.
  package func time(_ index: Int) -> Double {
    let gap = 86400 / Double(sessionsPerDay)
    return ((start + Double(index) * gap) * 1000).rounded() / 1000
  }
}
