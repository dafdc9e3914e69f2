import RandomStreams
import Statistics
import Testing

@Suite struct HypervolumeTests {
  @Test func matchesValuesWorkedByHand() {
    // 4 + 12 less the 2 that they share.
    #expect(hypervolume([[2, 5], [7, 3]], reference: [1, 1]) == 14)
    #expect(hypervolume([[1, 3], [2, 2], [3, 1]], reference: [0, 0]) == 6)
    // Three slabs of 1 x 2 x 2 that share the unit cube: 3 * 4 - 3 * 2 + 1.
    let slabs = [[1.0, 2, 2], [2, 1, 2], [2, 2, 1]]
    #expect(hypervolume(slabs, reference: [0, 0, 0]) == 7)
    #expect(hypervolume([[3], [5], [4]], reference: [1]) == 4)
  }

  @Test func onePointIsABox() {
    #expect(hypervolume([[2, 3, 4, 5]], reference: [1, 1, 1, 1]) == 24)
  }

  @Test func pointsNotAboveTheReferenceAddNothing() {
    #expect(hypervolume([], reference: [0, 0]) == 0)
    #expect(hypervolume([[-1, 9]], reference: [0, 0]) == 0)
    #expect(hypervolume([[0, 9]], reference: [0, 0]) == 0)
    #expect(hypervolume([[0, 9], [1, 1], [5, -2]], reference: [0, 0]) == 1)
    #expect(hypervolume([[1, .nan]], reference: [0, 0]) == nil)
    #expect(hypervolume([[1, 1]], reference: [0, -.infinity]) == nil)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>, 2...6)
  func agreesWithInclusionAndExclusion(seed: UInt64, objectives: Int) throws {
    var random = RandomStream(seed: seed, "boxes", step: UInt64(objectives))
    // Whole numbers make ties and duplicates, and sums exact.
    let points = (0..<9).map { _ in (0..<objectives).map { _ in Double(random.below(5)) } }
    #expect(
      hypervolume(points, reference: [Double](repeating: 0, count: objectives))
        == HypervolumeTests.slow(points))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func dominatedPointsAddNothingAndOthersAdd(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "growing")
    let reference = [0.0, 0, 0, 0]
    var points: [[Double]] = []
    var volume = 0.0
    for _ in 0..<25 {
      points.append((0..<4).map { _ in random.uniform() })
      let next = try #require(hypervolume(points, reference: reference))
      let onFront = nonDominated(points).last ?? false
      #expect(onFront ? next > volume : abs(next - volume) < 1e-12)
      volume = next
    }
    let front = zip(points, nonDominated(points)).filter(\.1).map(\.0)
    let shuffled = random.permutation(25).map { points[$0] }
    for other in [front, shuffled, points + points] {
      #expect(abs(try #require(hypervolume(other, reference: reference)) - volume) < 1e-12)
    }
  }

  @Test func agreesWithThrownDartsOnALargeFront() throws {
    var random = RandomStream(seed: 5, "darts")
    // On the positive part of the sphere none dominates another.
    let points = (0..<60).map { _ in
      let direction = (0..<5).map { _ in abs(random.normal()) }
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return direction.map { $0 / length }
    }
    let volume = try #require(hypervolume(points, reference: [0, 0, 0, 0, 0]))
    let darts = 20_000
    let hits = (0..<darts).count { _ in
      let dart = (0..<5).map { _ in random.uniform() }
      return points.contains { point in zip(point, dart).allSatisfy { $0 >= $1 } }
    }
    let share = Double(hits) / Double(darts)
    let error = (share * (1 - share) / Double(darts)).squareRoot()
    #expect(abs(volume - share) < 4 * error)
  }

  /// The sum over all subsets of the points.
  private static func slow(_ points: [[Double]]) -> Double {
    var sum = 0.0
    for subset in 1..<(1 << points.count) {
      let chosen = points.indices.filter { subset >> $0 & 1 == 1 }.map { points[$0] }
      let common = chosen[0].indices.reduce(1.0) { volume, d in
        volume * (chosen.map { $0[d] }.min() ?? 0)
      }
      sum += chosen.count % 2 == 1 ? common : -common
    }
    return sum
  }
}
