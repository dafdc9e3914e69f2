import ListSearch
import RandomStreams
import Testing

@Suite struct LocalSearchTests {
  static let seeds: Range<UInt64> = 0..<200

  /// Of 200 functions of lists of 4 from 9 (3,024 lists): the share whose optimum is found, and the
  /// mean number of lists scored for it.
  static func share(of search: LocalSearch) throws -> (found: Double, scored: Double) {
    var found = 0.0
    var scored = 0.0
    for seed in seeds {
      let lists = PairwiseLists(candidates: 9, length: 4, seed: seed)
      let truth = try ExhaustiveSearch().best(candidates: 9, length: 4, score: lists.values)
      let result = search.best(candidates: 9, length: 4, seed: seed, score: lists.values)
      #expect(result.best.score <= truth.best.score)
      found += result.best == truth.best ? 1 : 0
      scored += Double(result.scored)
    }
    return (found / Double(seeds.count), scored / Double(seeds.count))
  }

  @Test func theOptimumIsFoundInNearlyAllCases() throws {
    let (found, scored) = try Self.share(of: LocalSearch(budget: 700))
    #expect(found >= 0.98)
    #expect(scored <= 700)
  }

  @Test func aSingleClimbOftenMissesTheOptimum() throws {
    let (found, _) = try Self.share(of: LocalSearch(randomStarts: 1, kicks: 0))
    #expect(found < 0.8)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func noStartIsBetter(seed: UInt64) {
    let lists = PairwiseLists(candidates: 20, length: 6, seed: seed)
    var random = RandomStream(seed: seed, "starts")
    let starts = (0..<12).map { _ in Array(random.permutation(20).prefix(6)) }
    for budget in [12, 13, 40, 300] {
      let result = LocalSearch(budget: budget, chunk: 5).best(
        candidates: 20, length: 6, starts: starts, seed: seed, score: lists.values)
      #expect(starts.allSatisfy { lists.value($0) <= result.best.score })
      #expect(result.best.score == lists.value(result.best.items))
    }
  }

  /// With as many lists as there are orders next to the start, no other item is tried.
  @Test func aClimbTriesOrdersBeforeOtherItems() {
    let search = LocalSearch.climb(budget: 1 + 10 + 12)  // the start, its swaps and its moves
    var tried: [[Int]] = []
    _ = search.best(candidates: 12, length: 5, starts: [[4, 0, 7, 2, 9]], seed: 1) { lists in
      tried += lists
      return lists.map { $0 == [4, 0, 7, 2, 9] ? 1 : 0 }
    }
    #expect(tried.count == 23 && tried.allSatisfy { Set($0) == [4, 0, 7, 2, 9] })
  }

  @Test func aSearchEndsWhenItIsOver() {
    let lists = PairwiseLists(candidates: 15, length: 5, seed: 2)
    for calls in 1...4 {
      var asked = 0
      let result = LocalSearch(budget: 10_000, chunk: 16, randomStarts: 1).best(
        candidates: 15, length: 5, seed: 2, isOver: { asked >= calls },
        score: {
          asked += 1
          return lists.values($0)
        })
      #expect(asked == calls)
      #expect(result.best.score == lists.value(result.best.items))
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aLargerBudgetIsNeverWorse(seed: UInt64) {
    let lists = PairwiseLists(candidates: 15, length: 5, seed: seed)
    var previous = -Double.infinity
    for budget in [1, 2, 5, 9, 30, 100, 101, 150, 400, 1000, 3000, 10_000] {
      let result = LocalSearch(budget: budget, chunk: 16).best(
        candidates: 15, length: 5, seed: seed, score: lists.values)
      #expect(result.best.score >= previous)
      #expect(result.scored <= budget)
      previous = result.best.score
    }
  }

  @Test func noListIsScoredTwiceAndNoCallIsLarger() {
    let lists = PairwiseLists(candidates: 12, length: 5, seed: 4)
    var seen: Set<[Int]> = []
    var scored = 0
    let start = [0, 1, 2, 3, 4]
    let result = LocalSearch(budget: 2500, chunk: 30, kicks: 100).best(
      candidates: 12, length: 5, starts: [start, start], seed: 1
    ) { asked in
      #expect((1...30).contains(asked.count))
      scored += asked.count
      seen.formUnion(asked)
      return lists.values(asked)
    }
    #expect(seen.count == scored)
    #expect(result.scored == scored)
    #expect(result.scored <= 2500)
    #expect(seen.allSatisfy { $0.count == 5 && Set($0).count == 5 })
    #expect(seen.contains(start))
    #expect(result.best.score == seen.map(lists.value).max())
  }

  @Test func theSameSeedGivesTheSameAnswer() {
    let lists = PairwiseLists(candidates: 30, length: 8, seed: 9)
    func run(_ seed: UInt64, _ request: UInt64) -> (LocalSearch.Result, [[Int]]) {
      var asked: [[Int]] = []
      let result = LocalSearch(budget: 3000).best(
        candidates: 30, length: 8, seed: seed, request: request
      ) {
        asked += $0
        return lists.values($0)
      }
      return (result, asked)
    }
    let first = run(5, 0)
    #expect(first == run(5, 0))
    #expect(first.1 != run(6, 0).1)
    #expect(first.1 != run(5, 1).1)
  }

  @Test func onlyThePoolIsPlaced() throws {
    let lists = PairwiseLists(candidates: 12, length: 3, seed: 2)
    let pool = [11, 4, 7, 0, 9]
    let truth = try ExhaustiveSearch().best(
      candidates: 12, length: 3, pool: pool, score: lists.values)
    let result = LocalSearch().best(candidates: 12, length: 3, pool: pool, seed: 1) { asked in
      #expect(asked.allSatisfy { Set($0).isSubset(of: pool) })
      return lists.values(asked)
    }
    #expect(result.best == truth.best)
  }

  @Test func anAdditiveScoreIsSolvedFromEveryStart() {
    // Worth 0...19 with falling discounts: one optimum, 19 18 17 16 15.
    let result = LocalSearch(randomStarts: 6, kicks: 0).best(
      candidates: 20, length: 5, starts: [[0, 1, 2, 3, 4]], seed: 1
    ) { asked in
      asked.map { zip($0, [5, 4, 3, 2, 1]).reduce(0) { $0 + Double($1.0 * $1.1) } }
    }
    #expect(result.best.items == [19, 18, 17, 16, 15])
    #expect(result.starts == 7 && result.reached == 7)
  }

  @Test func edgesEndQuietly() {
    let one = LocalSearch().best(candidates: 1, length: 1, seed: 1) { $0.map { _ in 3 } }
    #expect(one.best == ScoredList(items: [0], score: 3))
    #expect(one.scored == 1 && one.reached == one.starts)
    let flat = LocalSearch().best(candidates: 6, length: 3, starts: [[2, 1, 0]], seed: 1) {
      $0.map { _ in 0 }
    }
    #expect(flat.best.score == 0)
    let blind = LocalSearch().best(candidates: 6, length: 3, starts: [[2, 1, 0]], seed: 1) {
      $0.map { $0 == [2, 1, 3] ? 1 : .nan }
    }
    #expect(blind.best == ScoredList(items: [2, 1, 3], score: 1))
    let start = LocalSearch(budget: 1).best(
      candidates: 6, length: 3, starts: [[2, 1, 0]], seed: 1
    ) { $0.map { _ in 7 } }
    #expect(start.best == ScoredList(items: [2, 1, 0], score: 7))
    #expect(start.scored == 1 && start.starts == 0 && start.reached == 0)
  }

  @Test func misusesStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = LocalSearch().best(candidates: 5, length: 2, starts: [[1, 1]], seed: 1) {
        $0.map { _ in 0 }
      }
    }
    await #expect(processExitsWith: .failure) {
      _ = LocalSearch().best(candidates: 5, length: 2, pool: [0, 1, 2], starts: [[1, 4]], seed: 1) {
        $0.map { _ in 0 }
      }
    }
    await #expect(processExitsWith: .failure) {
      _ = LocalSearch(randomStarts: 0).best(candidates: 5, length: 2, seed: 1) { $0.map { _ in 0 } }
    }
  }
}
