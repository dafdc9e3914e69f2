/// Some of the times of a log, evenly taken, to tell a time that is far behind the end of the log.
struct TimeSample {
  private static let limit = 8192
  /// Fewer times say nothing about what is usual.
  private static let least = 10
  /// Seconds, 30 days: a log may go quiet for so long.
  private static let pause = 30 * 86_400.0

  private var times: [Double] = []
  private var stride = 1
  private var count = 0

  mutating func add(_ time: Double) {
    defer { count += 1 }
    guard count % stride == 0 else { return }
    times.append(time)
    guard times.count == TimeSample.limit else { return }
    times = times.indices.filter { $0 % 2 == 0 }.map { times[$0] }
    stride *= 2
  }

  /// The 99th percentile, and behind it as much time as the log spans up to there or 30 days,
  /// whichever is more. Lines in no order have no neighbours that a clock could be held to.
  var latestPlausible: Double {
    guard times.count >= TimeSample.least else { return .infinity }
    let sorted = times.sorted()
    let high = sorted[(sorted.count - 1) * 99 / 100]
    let low = sorted[(sorted.count - 1) / 100]
    return high + max(TimeSample.pause, high - low)
  }
}
