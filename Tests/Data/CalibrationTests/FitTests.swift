import Calibration
import Foundation
import RandomStreams
import Testing

/// Rows whose label follows `law` of their log-odds.
private func drawn(
  _ rows: Int, seed: UInt64, law: (Double) -> Double
) -> [ScoreCount] {
  var stream = RandomStream(seed: seed, "tests.calibration.fit")
  return (0..<rows).map { _ in
    let x = -2 + 1.2 * stream.normal()
    return ScoreCount(x: x, count: 1, positives: stream.uniform() < LogOdds.chance(law(x)) ? 1 : 0)
  }.sorted { $0.x < $1.x }
}

@Suite struct FitTests {
  @Test(arguments: 1...3)
  func plattFindsALineInLogOdds(seed: UInt64) {
    let line = plattFit(drawn(40_000, seed: seed) { 0.7 * $0 - 0.5 })
    #expect(abs(line.slope - 0.7) < 0.06)
    #expect(abs(line.intercept + 0.5) < 0.12)
  }

  /// The gradient of the log loss on smoothed targets vanishes at the fit.
  @Test(arguments: 1...5)
  func plattStandsWhereTheGradientVanishes(seed: UInt64) {
    let counts = drawn(500, seed: seed) { 1.5 * $0 }
    let line = plattFit(counts)
    let positives = counts.positives
    let (high, low) = ((positives + 1) / (positives + 2), 1 / (500 - positives + 2))
    var gradient = (0.0, 0.0)
    for row in counts {
      let error = LogOdds.chance(line(row.x)) - (row.positives == 1 ? high : low)
      gradient = (gradient.0 + error * row.x, gradient.1 + error)
    }
    #expect(abs(gradient.0) < 1e-5 && abs(gradient.1) < 1e-5)
  }

  @Test(arguments: 1...5)
  func fittingOnceMoreChangesNothing(seed: UInt64) {
    let counts = drawn(3000, seed: seed) { 0.6 * $0 + 0.4 }
    let line = plattFit(counts)
    let again = plattFit(
      counts.map { ScoreCount(x: line($0.x), count: 1, positives: $0.positives) })
    #expect(abs(again.slope - 1) < 1e-6 && abs(again.intercept) < 1e-6)
    let cooled = temperatureFit(counts)
    let twice = temperatureFit(
      counts.map { ScoreCount(x: cooled($0.x), count: 1, positives: $0.positives) })
    #expect(abs(twice.slope - 1) < 1e-6 && cooled.intercept == 0)
    // Pooling what was pooled gives the same values.
    let map = isotonicFit(counts, prior: 0)
    let image = counts.map { ScoreCount(x: map($0.x), count: 1, positives: $0.positives) }
    let values = isotonicFit(image, prior: 0).knots.map(\.y)
    #expect(zip(values, map.knots.map(\.y)).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(values.count == map.knots.count)
  }

  @Test func temperatureOfALineThroughOneHalfIsItsSlope() {
    let line = temperatureFit(drawn(60_000, seed: 4) { 0.5 * $0 })
    #expect(abs(line.slope - 0.5) < 0.02)
  }

  @Test func aScoreThatPointsTheWrongWayStillRises() {
    let counts = drawn(2000, seed: 2) { -1.5 * $0 - 3 }
    #expect(plattFit(counts).slope == LogOddsLine.leastSlope)
    #expect(temperatureFit(counts).slope >= LogOddsLine.leastSlope)
    let map = isotonicFit(counts, prior: 20)
    #expect(map(-1) < map(1))
  }

  @Test func pooledBlocksHaveTheMeansOfTheirRuns() {
    let blocks = pooledAdjacentViolators([1, 3, 2, 4, 3, 5], weights: [1, 1, 1, 1, 2, 1])
    #expect(blocks.map(\.range) == [0..<1, 1..<3, 3..<5, 5..<6])
    #expect(zip(blocks.map(\.value), [1, 2.5, 10.0 / 3, 5]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(pooledAdjacentViolators([3, 2, 1], weights: [1, 1, 1]).map(\.value) == [2])
    #expect(pooledAdjacentViolators([], weights: []).isEmpty)
  }

  @Test(arguments: 1...10)
  func poolingIsTheNearestRisingFunction(seed: UInt64) {
    var stream = RandomStream(seed: seed, "tests.calibration.pool")
    let values = (0..<60).map { Double($0) / 20 + stream.normal() }
    let weights = values.map { _ in 0.5 + stream.uniform() }
    // The minimax formula: value i is the largest over starts of the least mean over ends.
    func mean(_ range: ClosedRange<Int>) -> Double {
      range.reduce(0) { $0 + values[$1] * weights[$1] } / range.reduce(0) { $0 + weights[$1] }
    }
    let slow = values.indices.map { i in
      (0...i).map { start in (i..<60).map { mean(start...$0) }.min() ?? 0 }.max() ?? 0
    }
    let fit = pooledAdjacentViolators(values, weights: weights)
      .flatMap { block in block.range.map { _ in block.value } }
    #expect(zip(fit, slow).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func anIsotonicMapFollowsACurveThatNoLineDoes() {
    let law: (Double) -> Double = { $0 < -2 ? 0.3 * ($0 + 2) - 2.5 : 1.6 * ($0 + 2) - 2.5 }
    let map = isotonicFit(drawn(60_000, seed: 9, law: law), prior: 20)
    for x in stride(from: -4.0, through: 0, by: 0.5) { #expect(abs(map(x) - law(x)) < 0.35) }
  }

  @Test func thinDataFollowPlattsLine() {
    let counts = drawn(30, seed: 3) { $0 }
    let (line, map) = (plattFit(counts), isotonicFit(counts, prior: 1000))
    for row in counts { #expect(abs(map(row.x) - line(row.x)) < 0.3) }
  }

  @Test func aFieldsShiftIsItsGapDrawnTowardsZero() {
    // Observed (30 + .2) / 101 where .2 was expected, and half of it believed.
    let gap = log(0.299009900990099 / 0.700990099009901) - log(0.2 / 0.8)
    let shift = fieldShift(rows: 100, positives: 30, expected: 20, halfway: 100)
    #expect(abs(shift - gap / 2) < 1e-9)
    #expect(abs(fieldShift(rows: 100, positives: 20, expected: 20, halfway: 50)) < 1e-12)
    #expect(fieldShift(rows: 0, positives: 0, expected: 0, halfway: 50) == 0)
    #expect(fieldShift(rows: 10, positives: 0, expected: 5, halfway: 50).isFinite)
    #expect(fieldShift(rows: 10, positives: 10, expected: 5, halfway: 50).isFinite)
  }

  @Test func noRowsLeaveAScoreAlone() {
    #expect(isotonicFit([], prior: 20).isIdentity)
    #expect(plattFit([]) == LogOddsLine(slope: 1, intercept: 0))
    #expect(temperatureFit([]) == LogOddsLine(slope: 1, intercept: 0))
  }

  @Test func labelsOfOneKindGiveAFiniteMap() {
    for positives in [0.0, 1] {
      let counts = (0..<50).map {
        ScoreCount(x: Double($0) / 10 - 4, count: 1, positives: positives)
      }
      let maps = [plattFit(counts).map, temperatureFit(counts).map, isotonicFit(counts, prior: 5)]
      for map in maps { #expect(map(-5).isFinite && map(5).isFinite && map(-5) < map(5)) }
    }
  }
}
