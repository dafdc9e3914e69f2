import Foundation

/// A ratio of two sums over observations that come in clusters, with its intervals.
///
/// Means over lists and self-normalised means are both such ratios.
struct ClusterRatio: Sendable {
  /// Per cluster.
  private var numerators: [Double]
  private var denominators: [Double]

  init(clusters: Int) {
    numerators = [Double](repeating: 0, count: clusters)
    denominators = numerators
  }

  mutating func add(_ numerator: Double, per denominator: Double, cluster: Int) {
    numerators[cluster] += numerator
    denominators[cluster] += denominator
  }

  /// Nil when the denominators sum to 0.
  var value: Double? {
    let mass = denominators.reduce(0, +)
    return mass > 0 ? numerators.reduce(0, +) / mass : nil
  }

  /// `sqrt(C / (C - 1) * sum_c (a_c - v b_c)^2) / sum_c b_c`, from the first-order expansion of the
  /// ratio (Cochran, "Sampling techniques", 1977, section 6.4); nil for fewer than two clusters.
  var standardError: Double? {
    guard numerators.count > 1, let value else { return nil }
    var squares = 0.0
    for c in numerators.indices {
      let residual = numerators[c] - value * denominators[c]
      squares += residual * residual
    }
    let count = Double(numerators.count)
    return (squares * count / (count - 1)).squareRoot() / denominators.reduce(0, +)
  }

  /// Value and standard error under the normal law; nil for fewer than two clusters.
  func normalInterval(level: Double) -> Interval? {
    guard let value, let standardError else { return nil }
    let reach = normalReach(level: level) * standardError
    return Interval(low: value - reach, high: value + reach)
  }

  /// The percentile interval over whole clusters; nil for fewer than two of them.
  func bootstrapInterval(
    level: Double, samples: Int, using generator: inout some RandomNumberGenerator
  ) -> Interval? {
    guard numerators.count > 1 else { return nil }
    var ratios: [Double] = []
    ratios.reserveCapacity(samples)
    forEachBootstrapDraw(clusters: numerators.count, samples: samples, using: &generator) { times in
      var sum = 0.0
      var mass = 0.0
      for c in times.indices where times[c] > 0 {
        sum += Double(times[c]) * numerators[c]
        mass += Double(times[c]) * denominators[c]
      }
      if mass > 0 { ratios.append(sum / mass) }
    }
    return percentileInterval(of: ratios, level: level)
  }
}

/// Standard deviations around the mean that hold `level` of a normal law: 1.96 for 0.95.
func normalReach(level: Double) -> Double {
  precondition(level > 0 && level < 1, "an interval's level lies in 0...1, got \(level)")
  var (low, high) = (0.0, 40.0)
  // Halving 60 times leaves less than a rounding error; erfc falls strictly.
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if erfc(middle / 2.0.squareRoot()) > 1 - level { low = middle } else { high = middle }
  }
  return (low + high) / 2
}
