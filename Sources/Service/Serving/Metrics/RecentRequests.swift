import Statistics
import Synchronization

/// Rankings of the last minute, second by second, for people who look now.
final class RecentRequests: Sendable {
  /// Durations in steps of 10 % from 10 microseconds on; the last bucket is open.
  private static let buckets = 140
  private static let seconds = 60

  private struct Second {
    var number = -1
    var counts = [UInt32](repeating: 0, count: buckets)
  }

  private let ring = Mutex([Second](repeating: Second(), count: seconds))
  private let start = ContinuousClock.now

  struct Summary: Sendable, Equatable {
    /// Over the last ten whole seconds.
    var perSecond = 0.0
    /// Milliseconds, over the last minute; nil where nothing was asked.
    var p50: Double?
    var p95: Double?
    var p99: Double?
  }

  func observe(_ seconds: Double) {
    let number = Int((ContinuousClock.now - start).seconds)
    let bucket = RecentRequests.bucket(of: seconds)
    ring.withLock { ring in
      let place = number % RecentRequests.seconds
      if ring[place].number != number {
        ring[place].number = number
        for index in ring[place].counts.indices { ring[place].counts[index] = 0 }
      }
      ring[place].counts[bucket] += 1
    }
  }

  var summary: Summary {
    let now = Int((ContinuousClock.now - start).seconds)
    let ring = ring.withLock { $0 }
    var all = [UInt64](repeating: 0, count: RecentRequests.buckets)
    var lately: UInt64 = 0
    for second in ring where second.number > now - RecentRequests.seconds && second.number >= 0 {
      for (index, count) in second.counts.enumerated() {
        all[index] += UInt64(count)
        if second.number < now, second.number >= now - 10 { lately += UInt64(count) }
      }
    }
    return Summary(
      perSecond: Double(lately) / Double(max(min(now, 10), 1)),
      p50: RecentRequests.quantile(0.5, all), p95: RecentRequests.quantile(0.95, all),
      p99: RecentRequests.quantile(0.99, all))
  }

  private static let bounds: [Double] = {
    var bound = 1e-5
    return (0..<buckets).map { _ in
      defer { bound *= 1.1 }
      return bound
    }
  }()

  private static func bucket(of seconds: Double) -> Int {
    var (low, high) = (0, buckets - 1)
    while low < high {
      let middle = (low + high) / 2
      if seconds <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Upper bound, in milliseconds, of the bucket in which the quantile lies.
  private static func quantile(_ share: Double, _ counts: [UInt64]) -> Double? {
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    var rest = Double(total) * share
    for (index, count) in counts.enumerated() {
      rest -= Double(count)
      if rest <= 0, count > 0 { return (bounds[index] * 1e6).rounded() / 1e3 }
    }
    return bounds.last.map { $0 * 1e3 }
  }
}
