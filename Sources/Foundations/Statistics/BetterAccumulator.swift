/// Collects a better percentage request by request; memory grows with users only.
package struct BetterAccumulator: Sendable {
  /// Relative difference up to which two rewards tie.
  package let tolerance: Double
  private var byUser: [UInt64: Outcomes] = [:]

  private struct Outcomes {
    var better = 0
    var ties = 0
    var requests = 0
  }

  package init(tolerance: Double = 1e-6) {
    self.tolerance = tolerance
  }

  /// Adds one request; rewards must be finite.
  package mutating func add(generated: Double, logged: Double, user: UInt64) {
    let comparison = Comparison(generated: generated, logged: logged, tolerance: tolerance)
    byUser[user, default: Outcomes()].requests += 1
    switch comparison {
    case .better: byUser[user, default: Outcomes()].better += 1
    case .tie: byUser[user, default: Outcomes()].ties += 1
    case .worse: break
    }
  }

  /// The shares so far; nil before the first request.
  ///
  /// The same generator state gives the same interval in whatever order requests were added.
  package func result(
    level: Double = 0.95, samples: Int = 1000, using generator: inout some RandomNumberGenerator
  ) -> BetterPercentage? {
    // By key: a dictionary's own order changes from process to process.
    let users = byUser.sorted { $0.key < $1.key }.map(\.value)
    guard !users.isEmpty else { return nil }
    let requests = users.reduce(0) { $0 + $1.requests }
    let better = users.reduce(0) { $0 + $1.better }
    let ties = users.reduce(0) { $0 + $1.ties }
    let interval = bootstrapInterval(
      ofMeanPerCluster: users.map { Double($0.better) }, counts: users.map(\.requests),
      level: level, samples: samples, using: &generator)
    return BetterPercentage(
      better: Double(better) / Double(requests), ties: Double(ties) / Double(requests),
      worse: Double(requests - better - ties) / Double(requests), interval: interval,
      requests: requests, users: users.count)
  }
}

extension BetterPercentage {
  /// The better percentage of pairs of rewards, one per request; nil when there is none.
  package static func of(
    generated: [Double], logged: [Double], users: [UInt64], tolerance: Double = 1e-6,
    level: Double = 0.95, samples: Int = 1000, using generator: inout some RandomNumberGenerator
  ) -> BetterPercentage? {
    requirePairs(generated, logged)
    precondition(users.count == logged.count, "\(users.count) users for \(logged.count) rewards")
    var accumulator = BetterAccumulator(tolerance: tolerance)
    for i in users.indices {
      accumulator.add(generated: generated[i], logged: logged[i], user: users[i])
    }
    return accumulator.result(level: level, samples: samples, using: &generator)
  }
}
