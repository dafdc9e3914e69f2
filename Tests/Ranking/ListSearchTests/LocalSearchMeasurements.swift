import ListSearch
import Testing

/// Makes the tables of the README. Large: 40 functions of lists of 10 from 50.
@Suite(.serialized) struct LocalSearchMeasurements {
  /// Means over the functions.
  struct Row {
    var score = 0.0
    var lists = 0.0
    var calls = 0.0

    init(_ name: String, write: (PairwiseLists, ([[Int]]) -> [Double]) -> ScoredList) {
      let seeds = 100..<140 as Range<UInt64>
      let share = 1 / Double(seeds.count)
      for seed in seeds {
        let function = PairwiseLists(candidates: 50, length: 10, seed: seed)
        let best = write(function) {
          calls += share
          lists += share * Double($0.count)
          return function.values($0)
        }
        score += share * best.score
      }
      let hundredths = (score * 100).rounded() / 100
      print("| \(name) | \(hundredths) | \(Int(lists.rounded())) | \(Int(calls.rounded())) |")
    }

    init(_ name: String, _ search: LocalSearch) {
      self.init(name) { function, score in
        search.best(candidates: 50, length: 10, seed: 3, score: score).best
      }
    }
  }

  @Test func aSmallShareOfTheListsFindsTheOptimum() throws {
    func row(_ name: String, _ search: LocalSearch) throws -> Double {
      let (found, scored) = try LocalSearchTests.share(of: search)
      print("| \(name) | \(found) | \(Int(scored.rounded())) |")
      return found
    }
    let one = try row("one climb", LocalSearch(randomStarts: 1, kicks: 0))
    let shares = try [100, 300, 500, 700, 1000].map {
      try row("budget \($0)", LocalSearch(budget: $0))
    }
    #expect(one < shares[1])
    #expect(zip(shares, shares.dropFirst()).allSatisfy(<=))
  }

  @Test func smallChunksReachTheSameHeightWithFewerLists() {
    let rows = [16, 64, 128, 517].map { chunk in
      Row(
        "4 climbs, chunk \(chunk)",
        LocalSearch(budget: 1_000_000, chunk: chunk, randomStarts: 4, kicks: 0))
    }
    #expect(rows[1].lists < 0.5 * rows[3].lists)
    #expect(rows[1].calls < 0.5 * rows[0].calls)
    #expect(abs(rows[1].score - rows[3].score) < 0.1)
  }

  @Test func kicksBeatRestarts() {
    let restarts = Row("restarts only", LocalSearch(randomStarts: 100, kicks: 0))
    let kicks = Row("4 starts and kicks", LocalSearch())
    #expect(kicks.score > restarts.score)
  }

  @Test func aSearchFromABeamBeatsTheBeam() {
    func beam(_ width: Int, _ keep: BeamKeep = .lists) -> Row {
      Row("beam of \(width) \(keep)") { _, score in
        beamSearch(candidates: 50, length: 10, width: width, keep: keep, score: score)[0]
      }
    }
    let greedy = Row("greedy") { _, score in
      greedyList(candidates: 50, length: 10, score: score)
    }
    let narrow = beam(8)
    let (orders, sets) = (beam(32), beam(32, .sets))
    let both = Row("beam of 8, then local search") { _, score in
      let starts = beamSearch(candidates: 50, length: 10, width: 8, score: score).map(\.items)
      return LocalSearch(budget: 9300, randomStarts: 0).best(
        candidates: 50, length: 10, starts: starts, seed: 3, score: score
      ).best
    }
    #expect(greedy.score < narrow.score)
    #expect(narrow.score < orders.score)
    #expect(max(orders.score, sets.score) < both.score)
  }
}
