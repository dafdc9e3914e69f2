package import Sessions

/// How often a score came with a label: `count` rows of log-odds `x`, of which `positives` have the
/// label.
package struct ScoreCount: Sendable, Hashable {
  package var x: Double
  package var count: Double
  package var positives: Double

  package init(x: Double, count: Double, positives: Double) {
    self.x = x
    self.count = count
    self.positives = positives
  }
}

extension [ScoreCount] {
  package var rows: Double { reduce(0) { $0 + $1.count } }
  package var positives: Double { reduce(0) { $0 + $1.positives } }
}

/// Counts rows by the log-odds of their score, in bounded memory.
///
/// Scores are kept exactly as long as there are at most `limit` different ones; beyond it they are
/// rounded to `step`, which no map can tell from the exact ones. The result does not depend on the
/// order of the rows.
package struct ScoreTally: Sendable {
  private struct Cell: Sendable {
    var count = 0.0
    var positives = 0.0
  }

  static let step = 1.0 / 1024
  private let limit: Int
  private var isRounded = false
  private var cells: [Double: Cell] = [:]
  package private(set) var rows = 0

  package init(limit: Int = 65_536) {
    self.limit = limit
  }

  mutating func add(_ x: Double, positives: Double = 0) {
    rows += 1
    let key = isRounded ? Self.rounded(x) : x
    cells[key, default: Cell()].count += 1
    if positives > 0 { cells[key, default: Cell()].positives += positives }
    if !isRounded, cells.count > limit { round() }
  }

  /// Adds the calibrated scores of candidates.
  package mutating func add(_ candidates: [Candidate], _ score: FittedScore) {
    for candidate in candidates {
      guard let value = candidate.features[score.name]?.number, abs(value) <= 1e30 else { continue }
      add(score.configuration.scale.logOdds(value))
    }
  }

  /// Sorted by score.
  var counts: [ScoreCount] {
    cells.sorted { $0.key < $1.key }.map {
      ScoreCount(x: $0.key, count: $0.value.count, positives: $0.value.positives)
    }
  }

  private mutating func round() {
    isRounded = true
    var coarse: [Double: Cell] = [:]
    for (x, cell) in cells {
      let key = Self.rounded(x)
      coarse[key, default: Cell()].count += cell.count
      coarse[key, default: Cell()].positives += cell.positives
    }
    cells = coarse
  }

  private static func rounded(_ x: Double) -> Double { (x / step).rounded() * step }
}
