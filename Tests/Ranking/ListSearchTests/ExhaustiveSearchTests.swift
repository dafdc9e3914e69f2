import ListSearch
import Testing

@Suite struct ExhaustiveSearchTests {
  @Test func listsAreCounted() {
    #expect(ExhaustiveSearch.count(candidates: 5, length: 3) == 60)
    #expect(ExhaustiveSearch.count(candidates: 4, length: 4) == 24)
    #expect(ExhaustiveSearch.count(candidates: 50, length: 10) == 37_276_043_023_296_000)
    #expect(ExhaustiveSearch.count(candidates: 7, length: 0) == 1)
    #expect(ExhaustiveSearch.count(candidates: 0, length: 0) == 1)
    #expect(ExhaustiveSearch.count(candidates: 3, length: 4) == 0)
    #expect(ExhaustiveSearch.count(candidates: 20, length: 20) == 2_432_902_008_176_640_000)
    #expect(ExhaustiveSearch.count(candidates: 21, length: 21) == nil)
    #expect(ExhaustiveSearch.count(candidates: Int.max, length: 2) == nil)
  }

  @Test(arguments: [(1, 1), (4, 1), (4, 4), (5, 3), (6, 2), (6, 6), (7, 4)])
  func everyListIsScoredOnceInLexicographicOrder(candidates: Int, length: Int) throws {
    for chunk in [1, 7, 4096] {
      var seen: [[Int]] = []
      var largest = 0
      let result = try ExhaustiveSearch(chunk: chunk).best(candidates: candidates, length: length) {
        seen += $0
        largest = max(largest, $0.count)
        return $0.map { _ in 0 }
      }
      #expect(seen == everyList(of: Array(0..<candidates), length: length))
      #expect(result.scored == seen.count)
      #expect(largest <= chunk)
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theBestListAgreesWithSlowRecursion(seed: UInt64) throws {
    let lists = PairwiseLists(candidates: 7, length: 4, seed: seed)
    let result = try ExhaustiveSearch(chunk: 100).best(
      candidates: 7, length: 4, score: lists.values)
    let slow = try #require(slowBest(everyList(of: Array(0..<7), length: 4), lists.value))
    #expect(result.best == ScoredList(items: slow.items, score: slow.score))
  }

  @Test func onlyThePoolIsPlaced() throws {
    let lists = PairwiseLists(candidates: 9, length: 3, seed: 3)
    let result = try ExhaustiveSearch().best(
      candidates: 9, length: 3, pool: [8, 1, 5, 2], score: lists.values)
    let slow = try #require(slowBest(everyList(of: [1, 2, 5, 8], length: 3), lists.value))
    #expect(result.best == ScoredList(items: slow.items, score: slow.score))
    #expect(result.scored == 24)
  }

  @Test(arguments: [1, 5, 4096])
  func tiesGoToTheLexicographicallySmallestList(chunk: Int) throws {
    // Only the set {1, 3} earns, in both orders.
    let result = try ExhaustiveSearch(chunk: chunk).best(candidates: 5, length: 2) {
      $0.map { Set($0) == [1, 3] ? 1 : 0 }
    }
    #expect(result.best == ScoredList(items: [1, 3], score: 1))
  }

  @Test func aListThatCannotBeJudgedNeverWins() throws {
    let result = try ExhaustiveSearch().best(candidates: 4, length: 2) {
      $0.map { $0 == [2, 0] ? -5 : .nan }
    }
    #expect(result.best == ScoredList(items: [2, 0], score: -5))
    let none = try ExhaustiveSearch().best(candidates: 4, length: 2) { $0.map { _ in .nan } }
    #expect(none.best == ScoredList(items: [0, 1], score: -.infinity))
  }

  @Test func tooManyListsAreRefused() throws {
    let refusal = ExhaustiveSearchError(candidates: 5, length: 3, count: 60, limit: 59)
    #expect(throws: refusal) {
      try ExhaustiveSearch(limit: 59).best(candidates: 5, length: 3) { $0.map { _ in 0 } }
    }
    #expect(
      try ExhaustiveSearch(limit: 60).best(candidates: 5, length: 3) { $0.map { _ in 0 } }
        .scored == 60)
    #expect("\(refusal)".contains("expected at most 59 lists, got 60"))
    #expect(
      throws: ExhaustiveSearchError(
        candidates: 40, length: 40, count: nil, limit: 1_000_000)
    ) {
      try ExhaustiveSearch().best(candidates: 40, length: 40) { $0.map { _ in 0 } }
    }
  }

  @Test func misusesStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = try? ExhaustiveSearch().best(candidates: 3, length: 2) { _ in [1] }
    }
    await #expect(processExitsWith: .failure) {
      _ = try? ExhaustiveSearch().best(candidates: 3, length: 4) { $0.map { _ in 0 } }
    }
    await #expect(processExitsWith: .failure) {
      _ = try? ExhaustiveSearch().best(candidates: 3, length: 1, pool: [0, 0]) { $0.map { _ in 0 } }
    }
  }
}
