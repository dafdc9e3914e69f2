import RandomStreams

/// The state of one local search: what is known, and how many climbs there were.
struct LocalSearchRun {
  var memory: ScoreMemory
  private let search: LocalSearch
  private let pool: [Int]
  private let length: Int
  private let seed: UInt64
  private let request: UInt64
  private let steps: [ListStep]
  private var climbs: UInt64 = 0

  init(search: LocalSearch, pool: [Int], length: Int, seed: UInt64, request: UInt64) {
    self.search = search
    self.pool = pool
    self.length = length
    self.seed = seed
    self.request = request
    memory = ScoreMemory(budget: search.budget)
    steps = ListStep.all(length: length, outside: pool.count - length)
  }

  /// The distinct starts, given and random, as many as the budget allows, best first.
  mutating func scoredStarts(
    given: [[Int]], score: ([[Int]]) -> [Double]
  ) -> [ScoredList] {
    var seen: Set<[Int]> = []
    let lists = (given + randomStarts()).filter { seen.insert($0).inserted }
    var scored: [ScoredList] = []
    for from in stride(from: 0, to: lists.count, by: search.chunk) {
      let part = Array(lists[from..<min(from + search.chunk, lists.count)])
      let scores = memory.add(part, by: score)
      scored += zip(part, scores).map { ScoredList(items: $0, score: $1) }
    }
    return scored.sorted { $0.precedes($1) }
  }

  /// Climbs with the steps in a random order of this climb's own.
  mutating func climb(
    from start: ScoredList, isOver: () -> Bool, score: ([[Int]]) -> [Double]
  ) -> ScoredList {
    var random = RandomStream(
      seed: seed, "local search order", step: climbs, request: request)
    climbs += 1
    var steps = steps.shuffled(using: &random)
    if search.ordersFirst {
      // Stable, so that what comes first among equals stays a matter of chance.
      steps = steps.filter(\.keepsItems) + steps.filter { !$0.keepsItems }
    }
    var climb = HillClimb(
      start: start, outside: outside(of: start.items), steps: steps,
      chunk: search.chunk)
    return climb.climb(&memory, isOver: isOver, score: score)
  }

  /// The list after a few random steps, scored; nil for a list without neighbours.
  mutating func kicked(
    _ items: [Int], kick: Int, score: ([[Int]]) -> [Double]
  ) -> ScoredList? {
    guard !steps.isEmpty else { return nil }
    var random = RandomStream(
      seed: seed, "local search kicks", step: UInt64(kick), request: request)
    var list = items
    var others = outside(of: items)
    for _ in 0..<search.kickSteps {
      steps[random.below(steps.count)].apply(to: &list, outside: &others)
    }
    if let known = memory[list] { return ScoredList(items: list, score: known) }
    return memory.add([list], by: score).first.map { ScoredList(items: list, score: $0) }
  }

  private func randomStarts() -> [[Int]] {
    (0..<search.randomStarts).map { index in
      var random = RandomStream(
        seed: seed, "local search starts", step: UInt64(index), request: request)
      return random.permutation(pool.count).prefix(length).map { pool[$0] }
    }
  }

  private func outside(of list: [Int]) -> [Int] {
    let inside = Set(list)
    return pool.filter { !inside.contains($0) }
  }
}
