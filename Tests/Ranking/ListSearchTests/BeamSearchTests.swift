import ListSearch
import Testing

@Suite struct BeamSearchTests {
  /// By definition: sort all continuations of all kept lists, keep the best.
  static func slowBeam(
    _ pool: [Int], length: Int, width: Int, sets: Bool, _ value: ([Int]) -> Double
  ) -> [[Int]] {
    var beam: [[Int]] = [[]]
    for _ in 0..<length {
      let longer = beam.flatMap { list in
        pool.filter { !list.contains($0) }.map { list + [$0] }
      }
      let ordered = longer.sorted {
        let (a, b) = (value($0), value($1))
        return a != b ? a > b : $0.lexicographicallyPrecedes($1)
      }
      beam = []
      for list in ordered where beam.count < width {
        if !sets || !beam.contains(where: { Set($0) == Set(list) }) { beam.append(list) }
      }
    }
    return beam
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>)
  func theBeamAgreesWithItsDefinition(seed: UInt64) {
    let lists = PairwiseLists(candidates: 9, length: 4, seed: seed)
    for width in [1, 2, 5, 40] {
      for (keep, sets) in [(BeamKeep.lists, false), (.sets, true)] {
        for chunk in [3, 4096] {
          let found = beamSearch(
            candidates: 9, length: 4, width: width, pool: [8, 0, 3, 5, 1, 6], keep: keep,
            chunk: chunk, score: lists.values)
          let slow = Self.slowBeam(
            [0, 1, 3, 5, 6, 8], length: 4, width: width, sets: sets, lists.value)
          #expect(found.map(\.items) == slow)
          #expect(found.allSatisfy { $0.score == lists.value($0.items) })
        }
      }
    }
  }

  @Test(arguments: 1...15 as ClosedRange<UInt64>)
  func aBeamOfOneIsGreedy(seed: UInt64) {
    let lists = PairwiseLists(candidates: 12, length: 5, seed: seed)
    var list: [Int] = []
    for _ in 0..<5 {
      let open = (0..<12).filter { !list.contains($0) }
      list = open.map { list + [$0] }.max { lists.value($0) < lists.value($1) } ?? []
    }
    let greedy = greedyList(candidates: 12, length: 5, score: lists.values)
    #expect(greedy.items == list)
    #expect(
      beamSearch(candidates: 12, length: 5, width: 1, score: lists.values) == [greedy])
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func aBeamOfAllIsExhaustive(seed: UInt64) throws {
    let lists = PairwiseLists(candidates: 6, length: 4, seed: seed)
    let beam = beamSearch(candidates: 6, length: 4, width: 360, score: lists.values)
    let truth = try ExhaustiveSearch().best(candidates: 6, length: 4, score: lists.values)
    #expect(beam.first == truth.best)
    #expect(beam.count == 360)
    #expect(Set(beam.map(\.items)).count == 360)
    #expect(zip(beam, beam.dropFirst()).allSatisfy { $0.score >= $1.score })
  }

  @Test func tiesGoToTheLexicographicallySmallerList() {
    let beam = beamSearch(candidates: 4, length: 2, width: 3) { $0.map { _ in 0 } }
    #expect(beam.map(\.items) == [[0, 1], [0, 2], [0, 3]])
    let sets = beamSearch(candidates: 3, length: 2, width: 9, keep: .sets) { $0.map { _ in 0 } }
    #expect(sets.map(\.items) == [[0, 1], [0, 2], [1, 2]])
  }

  @Test func setsKeepABeamFromFillingWithOrdersOfOneChoice() {
    // Worth falls with the index and the order hardly matters.
    let score = { (lists: [[Int]]) -> [Double] in
      lists.map { list in list.reduce(0) { $0 - Double($1) } - 0.001 * Double(list[0]) }
    }
    let orders = beamSearch(candidates: 8, length: 4, width: 6, score: score)
    let sets = beamSearch(candidates: 8, length: 4, width: 6, keep: .sets, score: score)
    #expect(Set(orders.map { Set($0.items) }).count < 6)
    #expect(Set(sets.map { Set($0.items) }).count == 6)
    #expect(sets.first == orders.first)
  }

  @Test func nanComesLast() {
    let beam = beamSearch(candidates: 3, length: 1, width: 3) {
      $0.map { $0 == [0] ? .nan : Double($0[0]) }
    }
    #expect(beam.map(\.items) == [[2], [1], [0]])
    #expect(beam.last?.score == -.infinity)
  }

  @Test func misusesStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = beamSearch(candidates: 3, length: 2, width: 0) { $0.map { _ in 0 } }
    }
    await #expect(processExitsWith: .failure) {
      _ = greedyList(candidates: 3, length: 2, pool: [0, 3]) { $0.map { _ in 0 } }
    }
  }
}
