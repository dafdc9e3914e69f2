import Calibration
import Foundation
import RandomStreams
import Testing

@Suite struct MonotoneMapTests {
  @Test func theFormulaOfKeptNegativesRestoresAChance() {
    // Half of the negatives dropped: .05 becomes .05 / (.05 + .95 / 2) = .0952...
    let drifted = 0.05 / (0.05 + 0.95 * 0.5)
    let map = MonotoneMap.negativesKept(0.5)
    #expect(abs(LogOdds.chance(map(LogOdds.of(drifted))) - 0.05) < 1e-12)
    #expect(map(0) == log(0.5))
    #expect(MonotoneMap.negativesKept(1).isIdentity)
  }

  @Test func aMapIsStraightBetweenKnotsAndGoesOnWithItsSlope() {
    let map = MonotoneMap(
      knots: [.init(x: -1, y: -2), .init(x: 1, y: 2), .init(x: 2, y: 2.5)], slope: 0.5)
    #expect([-3, -1, 0, 1, 1.5, 2, 4].map { map($0) } == [-3, -2, 0, 2, 2.25, 2.5, 3.5])
  }

  @Test(arguments: 1...20)
  func anyMapKeepsTheOrder(seed: UInt64) {
    var stream = RandomStream(seed: seed, "tests.calibration.map")
    var knots: [MonotoneMap.Knot] = []
    var (x, y) = (-6.0, -4.0)
    for _ in 0..<1 + stream.below(20) {
      x += 0.001 + stream.uniform()
      y += 1e-9 + stream.uniform() * stream.uniform()
      knots.append(.init(x: x, y: y))
    }
    let map = MonotoneMap(knots: knots, slope: 0.05 + stream.uniform())
    let scores = (0..<2000).map { _ in 20 * (stream.uniform() - 0.5) }.sorted()
    let values = scores.map { map($0) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    let distinct = zip(scores, scores.dropFirst()).filter { $1 - $0 > 1e-6 }.count
    let rising = zip(zip(scores, scores.dropFirst()), zip(values, values.dropFirst()))
      .filter { $0.0.1 - $0.0.0 > 1e-6 && $0.1.1 > $0.1.0 }.count
    #expect(rising == distinct)
  }

  @Test func readingRefusesAMapThatFalls() throws {
    let sound = #"{"knots":[[-1,-2],[1,2]],"slope":1}"#
    let map = try JSONDecoder().decode(MonotoneMap.self, from: Data(sound.utf8))
    #expect(try JSONDecoder().decode(MonotoneMap.self, from: JSONEncoder().encode(map)) == map)
    for text in [
      #"{"knots":[[-1,2],[1,-2]],"slope":1}"#, #"{"knots":[],"slope":1}"#,
      #"{"knots":[[0,0]],"slope":0}"#, #"{"knots":[[0]],"slope":1}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(MonotoneMap.self, from: Data(text.utf8))
      }
    }
  }

  @Test func zeroAndOneHaveFiniteLogOdds() {
    for chance in [0.0, 1, -3, 7] {
      #expect(LogOdds.of(chance).isFinite)
      let back = LogOdds.chance(MonotoneMap.negativesKept(0.01)(LogOdds.of(chance)))
      #expect(back > 0 && back < 1)
    }
  }
}
