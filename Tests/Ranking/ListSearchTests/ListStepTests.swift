import ListSearch
import Testing

@Suite struct ListStepTests {
  /// The neighbours of 0..<length among 0..<candidates.
  static func neighbours(_ candidates: Int, _ length: Int) -> [[Int]] {
    ListStep.all(length: length, outside: candidates - length).map { step in
      var list = Array(0..<length)
      var outside = Array(length..<candidates)
      step.apply(to: &list, outside: &outside)
      return list
    }
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 2), (5, 5), (6, 4), (50, 10)])
  func neighboursAreDistinctLists(candidates: Int, length: Int) {
    let found = Self.neighbours(candidates, length)
    #expect(Set(found).count == found.count)
    #expect(!found.contains(Array(0..<length)))
    #expect(found.allSatisfy { Set($0).count == length })
    let (n, m) = (length, candidates)
    #expect(found.count == n * (m - n) + n * (n - 1) / 2 + max(0, (n - 1) * (n - 2)))
  }

  @Test func theNeighboursOfThreeOfFourAreTheseEight() {
    #expect(
      Set(Self.neighbours(4, 3)) == [
        [3, 1, 2], [0, 3, 2], [0, 1, 3],  // replace
        [1, 0, 2], [2, 1, 0], [0, 2, 1],  // swap
        [1, 2, 0], [2, 0, 1],  // move
      ])
  }

  @Test func aStepAndItsInverseChangeNothing() {
    for step in ListStep.all(length: 5, outside: 3) {
      var list = [4, 1, 7, 0, 2]
      var outside = [3, 5, 6]
      step.apply(to: &list, outside: &outside)
      step.inverse.apply(to: &list, outside: &outside)
      #expect(list == [4, 1, 7, 0, 2] && outside == [3, 5, 6])
    }
  }
}
