import Foundation
import RandomStreams
import Statistics

/// How often the intervals of each estimator hold the true value, by what clicks depend on.
struct CoverageTable: Codable, Sendable {
  let repetitions: Int
  let sessions: Int
  /// What the target policy truly earns under each law, by the law's raw value.
  let truth: [String: Double]
  let rows: [Row]

  struct Row: Codable, Sendable {
    let estimator: OffPolicyEstimator
    let law: ClickLaw
    /// Repetitions in which an estimate was refused.
    let refused: Int
    /// Share of the given estimates whose interval holds the truth.
    let bootstrapCoverage: Double
    let normalCoverage: Double
    /// Mean width of the bootstrap interval.
    let width: Double
    /// Mean estimate less the truth, and the standard error of that.
    let bias: Double
    let biasError: Double
    /// Mean effective lists.
    let effectiveSlates: Double
  }

  subscript(estimator: OffPolicyEstimator, law: ClickLaw) -> Row? {
    rows.first { $0.estimator == estimator && $0.law == law }
  }

  /// The table as text, a line per estimator and law.
  var text: String {
    let head =
      "law          estimator              boot  normal  width    bias  +/-    n_eff refused"
    let lines = rows.map { row in
      let name = row.law.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
      let estimator = row.estimator.rawValue.padding(toLength: 22, withPad: " ", startingAt: 0)
      return "\(name) \(estimator) "
        + String(
          format: "%.3f   %.3f  %.3f  %+.3f  %.3f  %5.0f  %d", row.bootstrapCoverage,
          row.normalCoverage, row.width, row.bias, row.biasError, row.effectiveSlates, row.refused)
    }
    return ([head] + lines).joined(separator: "\n")
  }
}

extension CoverageTable {
  /// Estimates of disjoint parts of a log against the exact values of some of its requests.
  ///
  /// A part takes every so-many-th session: what users want changes with the hour, and a stretch of
  /// one hour would say nothing about the truth over all of them.
  static func measure(
    _ feed: LoggedFeed = LoggedFeed(), repetitions: Int = 200, sessions: Int = 250
  ) async -> CoverageTable {
    let all = await withTaskGroup(of: (Int, Repetition).self) { group in
      for number in 0..<repetitions {
        group.addTask {
          (number, Repetition(feed, number: number, of: repetitions, sessions: sessions))
        }
      }
      var done: [Int: Repetition] = [:]
      for await (number, repetition) in group { done[number] = repetition }
      return (0..<repetitions).compactMap { done[$0] }
    }
    var truth: [String: Double] = [:]
    var rows: [Row] = []
    for law in ClickLaw.allCases {
      let value = all.reduce(0) { $0 + ($1.values[law] ?? .nan) } / Double(all.count)
      truth[law.rawValue] = value
      for estimator in OffPolicyEstimator.allCases {
        let estimates = all.map { $0.estimates[law]?[estimator] }
        rows.append(Row(estimator, law, estimates, truth: value))
      }
    }
    return CoverageTable(
      repetitions: repetitions, sessions: sessions, truth: truth, rows: rows)
  }

  /// One part of the log.
  private struct Repetition: Sendable {
    var estimates: [ClickLaw: [OffPolicyEstimator: OffPolicyEstimate]] = [:]
    var values: [ClickLaw: Double] = [:]

    init(_ feed: LoggedFeed, number: Int, of count: Int, sessions: Int) {
      let indices = (0..<sessions).map { number + $0 * count }
      let slates = indices.map { feed.slates($0) }
      let known = (0..<sessions).filter { ($0 + number) % 20 == 0 }.map { feed.values(indices[$0]) }
      var options = OffPolicyOptions()
      options.samples = 200
      for law in ClickLaw.allCases {
        values[law] = known.reduce(0) { $0 + ($1[law] ?? .nan) } / Double(known.count)
        for estimator in OffPolicyEstimator.allCases {
          var stream = RandomStream(seed: 3, "coverage.bootstrap", request: UInt64(number))
          estimates[law, default: [:]][estimator] = try? estimator.estimate(
            slates.compactMap { $0[law] }, options: options, using: &stream)
        }
      }
    }
  }
}

extension CoverageTable.Row {
  fileprivate init(
    _ estimator: OffPolicyEstimator, _ law: ClickLaw, _ estimates: [OffPolicyEstimate?],
    truth: Double
  ) {
    let given = estimates.compactMap(\.self)
    let count = Double(given.count)
    let holds = { (interval: Interval?) in
      interval.map { $0.low <= truth && truth <= $0.high } ?? false
    }
    var spread = Welford()
    for estimate in given { spread.add(estimate.value) }
    self.estimator = estimator
    self.law = law
    refused = estimates.count - given.count
    bootstrapCoverage = Double(given.count { holds($0.bootstrap) }) / count
    normalCoverage = Double(given.count { holds($0.normal) }) / count
    // A refused interval holds nothing, but has no width either.
    let widths = given.compactMap { $0.bootstrap.map { $0.high - $0.low } }
    width = widths.reduce(0, +) / Double(widths.count)
    bias = (spread.mean ?? .nan) - truth
    biasError = ((spread.sampleVariance ?? .nan) / count).squareRoot()
    effectiveSlates = given.reduce(0) { $0 + $1.weights.effectiveSlates } / count
  }
}
