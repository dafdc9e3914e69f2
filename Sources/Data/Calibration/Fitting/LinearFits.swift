import Foundation

/// A straight line in log-odds: `logit q = slope x + intercept`.
package struct LogOddsLine: Sendable, Hashable {
  package var slope: Double
  package var intercept: Double

  /// A score that says nothing, or the opposite, still gets a line that rises by this much, so that
  /// a calibration never turns an order round.
  package static let leastSlope = 0.05

  package init(slope: Double, intercept: Double) {
    self.slope = slope
    self.intercept = intercept
  }

  package var map: MonotoneMap { MonotoneMap(slope: slope, intercept: intercept) }

  package func callAsFunction(_ x: Double) -> Double { slope * x + intercept }
}

/// Labels as Platt smooths them: a positive counts `(N+ + 1) / (N+ + 2)`, a negative
/// `1 / (N- + 2)` (Platt, "Probabilistic Outputs for Support Vector Machines", 1999), so that no
/// fit runs to infinity where the labels are separable.
private func smoothedTargets(_ counts: [ScoreCount]) -> [Double] {
  let positives = counts.positives
  let high = (positives + 1) / (positives + 2)
  let low = 1 / (counts.rows - positives + 2)
  return counts.map { ($0.positives * high + ($0.count - $0.positives) * low) / $0.count }
}

/// Platt's scaling, the line with the least log loss on smoothed targets, by Newton's method with
/// halved steps (Lin, Lin and Weng, "A note on Platt's probabilistic outputs", 2007).
///
/// Fitting once more to what the line gives is the line itself: slope 1, intercept 0. Without rows
/// it is that, too.
package func plattFit(_ counts: [ScoreCount]) -> LogOddsLine {
  guard counts.rows > 0 else { return LogOddsLine(slope: 1, intercept: 0) }
  let fit = LineFit(counts, targets: smoothedTargets(counts))
  let free = fit.minimum(from: LogOddsLine(slope: 1, intercept: 0), moves: (true, true))
  guard free.slope < LogOddsLine.leastSlope else { return free }
  return fit.minimum(
    from: LogOddsLine(slope: LogOddsLine.leastSlope, intercept: 0), moves: (false, true))
}

/// Temperature: `logit q = x / T`, T of the least log loss on smoothed targets; chances move
/// towards one half or away from it, and one half stays.
package func temperatureFit(_ counts: [ScoreCount]) -> LogOddsLine {
  guard counts.rows > 0 else { return LogOddsLine(slope: 1, intercept: 0) }
  let fit = LineFit(counts, targets: smoothedTargets(counts))
  var line = fit.minimum(from: LogOddsLine(slope: 1, intercept: 0), moves: (true, false))
  line.slope = max(line.slope, LogOddsLine.leastSlope)
  return line
}

/// The log loss of lines on given targets, and where it is least; it is convex.
private struct LineFit {
  let counts: [ScoreCount]
  let targets: [Double]

  init(_ counts: [ScoreCount], targets: [Double]) {
    self.counts = counts
    self.targets = targets
  }

  private func loss(_ line: LogOddsLine) -> Double {
    var sum = 0.0
    for i in counts.indices {
      let z = line(counts[i].x)
      sum += counts[i].count * (max(z, 0) + log1p(exp(-abs(z))) - targets[i] * z)
    }
    return sum
  }

  /// - Parameter moves: whether the slope and the intercept may change.
  func minimum(from start: LogOddsLine, moves: (slope: Bool, intercept: Bool)) -> LogOddsLine {
    var line = start
    var now = loss(line)
    for _ in 0..<100 {
      guard let step = newtonStep(line, moves), step.decrement > 1e-14 * max(1, now) else { break }
      var scale = 1.0
      var isBetter = false
      while scale > 1e-10, !isBetter {
        let next = LogOddsLine(
          slope: line.slope - scale * step.slope,
          intercept: line.intercept - scale * step.intercept)
        let then = loss(next)
        isBetter = then < now
        if isBetter { (line, now) = (next, then) } else { scale /= 2 }
      }
      if !isBetter { break }
    }
    return line
  }

  /// What a full step takes away; nil where the loss is flat.
  private func newtonStep(
    _ line: LogOddsLine, _ moves: (slope: Bool, intercept: Bool)
  ) -> (slope: Double, intercept: Double, decrement: Double)? {
    var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12)
    for i in counts.indices {
      let (x, n) = (counts[i].x, counts[i].count)
      let p = LogOdds.chance(line(x))
      let (g, h) = (n * (p - targets[i]), n * p * (1 - p))
      ga += g * x
      gb += g
      haa += h * x * x
      hab += h * x
      hbb += h
    }
    switch moves {
    case (true, false): return (ga / haa, 0, ga * ga / haa)
    case (false, true): return (0, gb / hbb, gb * gb / hbb)
    case (false, false): return nil
    case (true, true):
      let determinant = haa * hbb - hab * hab
      // One score only: nothing tells a slope from an intercept, so the intercept alone moves.
      guard determinant > 1e-12 * haa * hbb else { return (0, gb / hbb, gb * gb / hbb) }
      let a = (hbb * ga - hab * gb) / determinant
      let b = (haa * gb - hab * ga) / determinant
      return (a, b, a * ga + b * gb)
    }
  }
}
