package import EvaluationReport
import Statistics

/// Means of some measures for several methods over the same sessions, and how far the first method
/// is ahead of each other one, with bootstrap intervals over users.
///
/// All methods share the draws, so the interval of a lead is that of the paired difference.
package struct PairedMeans: Sendable {
  private let methods: Int
  private let measures: Int
  private var sums: ClusterSums
  /// First appearance of every user; the row in `sums`.
  private var rows: [UInt64: Int] = [:]
  /// Sessions that were added.
  package private(set) var sessions = 0

  package init(methods: Int, measures: Int) {
    self.methods = methods
    self.measures = measures
    sums = ClusterSums(columns: methods * measures)
  }

  /// Users of the sessions.
  package var users: Int { rows.count }

  /// Adds one session.
  ///
  /// - Parameter values: `[method][measure]`.
  package mutating func add(user: UInt64, _ values: [[Double]]) {
    precondition(
      values.count == methods && values.allSatisfy { $0.count == measures },
      "\(methods) methods by \(measures) measures, got \(values.map(\.count))")
    let row = rows[user] ?? rows.count
    rows[user] = row
    sums.add(cluster: row, values.flatMap(\.self))
    sessions += 1
  }

  /// The figures of every method by every measure, `[method][measure]`; nil without a session.
  /// Intervals are nil for fewer than two users.
  ///
  /// - Parameter generator: the same state gives the same figures, whatever users came first.
  package func figures(
    samples: Int, level: Double, using generator: inout some RandomNumberGenerator
  ) -> [[LabelFigure]]? {
    guard let means = sums.means else { return nil }
    let draws = self.draws(samples, using: &generator)
    func interval(_ value: ([Double]) -> Double) -> Interval? {
      percentileInterval(of: draws.map(value), level: level)
    }
    return (0..<methods).map { method in
      (0..<measures).map { measure in
        let column = method * measures + measure
        let own = interval { $0[column] }
        guard method > 0 else {
          return LabelFigure(mean: means[column], low: own?.low, high: own?.high)
        }
        let lead = interval { $0[measure] - $0[column] }
        return LabelFigure(
          mean: means[column], low: own?.low, high: own?.high,
          lead: means[measure] - means[column], leadLow: lead?.low, leadHigh: lead?.high)
      }
    }
  }

  /// Means of all columns, draw by draw; none for fewer than two users.
  private func draws(
    _ samples: Int, using generator: inout some RandomNumberGenerator
  ) -> [[Double]] {
    guard rows.count > 1 else { return [] }
    // By key: a dictionary's own order changes from process to process.
    let users = rows.sorted { $0.key < $1.key }.map(\.value)
    var draws: [[Double]] = []
    var byRow = [Int](repeating: 0, count: users.count)
    forEachBootstrapDraw(clusters: users.count, samples: samples, using: &generator) { times in
      for (place, row) in users.enumerated() { byRow[row] = times[place] }
      if let means = sums.means(multiplicities: byRow) { draws.append(means) }
    }
    return draws
  }
}
