import RandomStreams
import Statistics
import Testing

@Suite struct NonDominatedTests {
  @Test func matchesAFrontDrawnByHand() {
    let points = [[1.0, 3], [2, 2], [3, 1], [1, 2], [2, 1.5], [0, 0]]
    #expect(nonDominated(points) == [true, true, true, false, false, false])
  }

  @Test func duplicatesAllStay() {
    #expect(nonDominated([[1, 1], [1, 1], [0, 1]]) == [true, true, false])
  }

  @Test func edges() {
    #expect(nonDominated([]) == [])
    #expect(nonDominated([[4]]) == [true])
    #expect(nonDominated([[4], [5], [5]]) == [false, true, true])
    #expect(nonDominated([[.nan, 9], [1, 1]]) == [false, true])
    #expect(nonDominated([[.infinity, 0], [0, .infinity]]) == [true, true])
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func everyPointOffTheFrontIsBeatenByOneOnIt(seed: UInt64) {
    var random = RandomStream(seed: seed, "front")
    let points = (0..<60).map { _ in (0..<3).map { _ in Double(random.below(8)) } }
    let front = nonDominated(points)
    #expect(front.contains(true))
    for i in points.indices {
      let beaters = points.indices.filter { j in
        points[j] != points[i] && zip(points[j], points[i]).allSatisfy { $0 >= $1 }
      }
      #expect(front[i] == beaters.isEmpty)
      #expect(front[i] || beaters.contains { front[$0] })
    }
  }
}
