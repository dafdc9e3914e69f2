/// Tells a wrong clock from a pause in the log.
///
/// After a pause, the events that follow are as late as the first one. When a clock is wrong, they
/// are not: an event is implausible when it is more than a window ahead of all before it and of
/// most of the next ones, and these go on where the ones before it were. A log in order has no such
/// event, whatever its pauses.
struct ClockWatch {
  /// How many events behind one are asked; half of them may have wrong clocks themselves.
  static let followers = 16

  private let window: Double
  private var newest = -Double.infinity

  /// - Parameter window: seconds by which sound events may be out of order.
  init(window: Double) {
    self.window = window
  }

  /// By how many seconds the event is ahead of what follows; nil for a plausible time.
  func secondsAhead(_ time: Double, of following: some Sequence<Double>) -> Double? {
    guard time > newest + window else { return nil }
    let times = following.sorted()
    guard !times.isEmpty else { return nil }
    let median = times[times.count / 2]
    // What follows may itself be what is wrong.
    guard median >= newest - window else { return nil }
    return time > median + window ? time - median : nil
  }

  /// Takes the time of an event that is plausible.
  mutating func take(_ time: Double) {
    newest = max(newest, time)
  }
}
