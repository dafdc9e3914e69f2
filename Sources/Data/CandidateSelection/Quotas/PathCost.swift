/// What a step of the flow costs: quotas come first, whatever the scores are.
///
/// Whole numbers, so that sums along paths are exact and no rounding can close a cycle.
struct PathCost: Equatable {
  /// Items that must be kept, caps that are exceeded and floors that are filled, in this order.
  var quotas: Int
  /// Lost score, in steps of `ScoreSteps`.
  var score: Int

  static let zero = PathCost(quotas: 0, score: 0)
  static let infinite = PathCost(quotas: .max, score: 0)

  /// Of an item that must be kept.
  static let compulsory = -1 << 40
  /// Of one item beyond a cap.
  static let excess = 1 << 20
  /// Of one item that fills a floor.
  static let floor = -1
  /// Items that may be kept, so that a larger number of one cost never outweighs the next.
  static let mostKept = 1 << 18

  @inline(__always)
  static func + (a: PathCost, b: PathCost) -> PathCost {
    PathCost(quotas: a.quotas &+ b.quotas, score: a.score &+ b.score)
  }

  @inline(__always)
  static func < (a: PathCost, b: PathCost) -> Bool {
    a.quotas < b.quotas || (a.quotas == b.quotas && a.score < b.score)
  }
}

/// Scores as whole numbers from 0 for the lowest to 2^40 for the highest: a sum of scores is exact to
/// some 1e-12 of their range for each item.
enum ScoreSteps {
  private static let highest = Double(1 << 40)

  /// `[M]`. A score that is no number is below all others, an infinite one equals their end.
  static func steps(of scores: [Double]) -> [Int] {
    let finite = scores.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else {
      return scores.map { $0.isNaN ? -1 : $0 == .infinity ? 1 : 0 }
    }
    // Halved first, since the difference of two finite numbers may be infinite.
    let range = high / 2 - low / 2
    return scores.map { score in
      guard !score.isNaN else { return -1 }
      let share = (min(max(score, low), high) / 2 - low / 2) / range
      return Int((share * highest).rounded())
    }
  }
}
