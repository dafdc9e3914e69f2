import Statistics

/// Bootstrap intervals over users for every column of every probe and for the columns' means over
/// probes, all from the same draws.
struct ProbeIntervals {
  /// [probes][columns]; nil for fewer than two users.
  private(set) var byProbe: [[Interval?]]
  /// Of the mean over probes, for the columns that all probes share.
  private(set) var overall: [Interval?]

  /// - Parameters:
  ///   - sums: probes with at least one request each.
  ///   - users: slot of every user, in an order that does not depend on the order of requests.
  init(
    sums: [ProbeSums], users: [Int], samples: Int, level: Double,
    using generator: inout some RandomNumberGenerator
  ) {
    let shared = ProbeSums.columns
    byProbe = sums.map { [Interval?](repeating: nil, count: $0.perUser.columns) }
    overall = [Interval?](repeating: nil, count: shared)
    guard users.count > 1, !sums.isEmpty else { return }

    var draws = sums.map { [[Double]](repeating: [], count: $0.perUser.columns) }
    var overallDraws = [[Double]](repeating: [], count: shared)
    var bySlot = [Int](repeating: 0, count: users.count)
    forEachBootstrapDraw(clusters: users.count, samples: samples, using: &generator) { times in
      for (place, slot) in users.enumerated() { bySlot[slot] = times[place] }
      var totals = [Double](repeating: 0, count: shared)
      var judged = 0.0
      for (probe, sum) in sums.enumerated() {
        guard let means = sum.perUser.means(multiplicities: bySlot) else { continue }
        judged += 1
        for column in means.indices { draws[probe][column].append(means[column]) }
        for column in totals.indices { totals[column] += means[column] }
      }
      guard judged > 0 else { return }
      for column in totals.indices { overallDraws[column].append(totals[column] / judged) }
    }
    byProbe = draws.map { $0.map { percentileInterval(of: $0, level: level) } }
    overall = overallDraws.map { percentileInterval(of: $0, level: level) }
  }

  /// Interval of a figure's mean over the probes.
  func overall(_ view: Viewpoint, _ figure: ProbeSums.Figure) -> Interval? {
    overall[ProbeSums.column(of: view, figure)]
  }
}
