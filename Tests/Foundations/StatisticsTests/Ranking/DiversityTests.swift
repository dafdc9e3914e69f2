import RandomStreams
import Statistics
import Testing

@Suite struct DiversityTests {
  @Test func listDistanceMatchesAValueWorkedByHand() {
    // Pairs 1-2, 1-6, 2-6.
    #expect(intraListDistance([1, 2, 6]) { abs(Double($0 - $1)) } == 10.0 / 3)
    #expect(intraListDistance([7]) { _, _ in 1 } == nil)
    #expect(intraListDistance([]) { _, _ in 1 } == nil)
    #expect(intraListDistance([1, 2]) { _, _ in .nan } == nil)
    #expect(intraListDistance([3, 3, 3]) { abs(Double($0 - $1)) } == 0)
    let masked = intraListDistance([1, 9, 2], mask: [true, false, true]) { abs(Double($0 - $1)) }
    #expect(masked == 1)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func theOrderOfTheListDoesNotMatter(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "list distance")
    let places = (0..<12).map { _ in random.normal() }
    let order = random.permutation(12)
    let distance = { (i: Int, j: Int) in abs(places[i] - places[j]) }
    let one = try #require(intraListDistance(Array(0..<12), distance: distance))
    let two = try #require(intraListDistance(order, distance: distance))
    #expect(abs(one - two) < 1e-12)
    #expect(one <= (places.max() ?? 0) - (places.min() ?? 0))
  }

  @Test func exposureCountsShowingsOrSlotWeights() {
    let lists = [[0, 2], [2, 1], []]
    #expect(exposure(of: lists, catalogue: 4) == [1, 1, 2, 0])
    #expect(exposure(of: lists, catalogue: 4) { $0 == 0 ? 1 : 0.5 } == [1, 0.5, 1.5, 0])
    #expect(catalogueCoverage(exposure(of: lists, catalogue: 4)) == 0.75)
    #expect(catalogueCoverage(exposure(of: [], catalogue: 2)) == 0)
    #expect(catalogueCoverage([]) == nil)
    #expect(catalogueCoverage([1, .nan]) == nil)
    #expect(catalogueCoverage([1, .nan], mask: [true, false]) == 1)
  }

  @Test func giniMatchesValuesWorkedByHand() {
    #expect(giniCoefficient([3, 3, 3, 3]) == 0)
    #expect(giniCoefficient([0, 0, 0, 8]) == 0.75)
    // (-1 * 1 + 1 * 3) / (2 * 4)
    #expect(giniCoefficient([3, 1]) == 0.25)
    #expect(giniCoefficient([5]) == 0)
    #expect(giniCoefficient([0, 0]) == nil)
    #expect(giniCoefficient([]) == nil)
    #expect(giniCoefficient([1, -1, 3]) == nil)
    #expect(giniCoefficient([3, .nan, 1], mask: [true, false, true]) == 0.25)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func giniIsHalfTheRelativeMeanDifference(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "gini")
    let amounts = (0..<40).map { _ in random.gamma(shape: 0.5) }
    var differences = 0.0
    for a in amounts { for b in amounts { differences += abs(a - b) } }
    let mean = amounts.reduce(0, +) / 40
    let value = try #require(giniCoefficient(amounts))
    #expect(abs(value - differences / (2 * 40 * 40 * mean)) < 1e-12)
    #expect(value >= 0 && value <= 39.0 / 40)
  }
}
