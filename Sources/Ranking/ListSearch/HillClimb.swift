/// Climbs from a list to one that no step improves.
///
/// The steps are tried in their given order, round and round, `chunk` unknown lists per call of the
/// scorer; the best of a chunk is taken if it beats the list at hand. A chunk of all steps is
/// steepest ascent, a chunk of one is first improvement.
struct HillClimb {
  let steps: [ListStep]
  let chunk: Int
  private var list: [Int]
  private var outside: [Int]
  private var value: Double
  /// Where in the round of steps the next chunk begins.
  private var next = 0

  /// - Parameter outside: the items of the pool that are not in `start`.
  init(start: ScoredList, outside: [Int], steps: [ListStep], chunk: Int) {
    self.steps = steps
    self.chunk = chunk
    self.outside = outside
    list = start.items
    value = start.score
  }

  /// Ends at a local optimum, at the end of the budget or when `isOver`; never below the start.
  mutating func climb(
    _ memory: inout ScoreMemory, isOver: () -> Bool, score: ([[Int]]) -> [Double]
  ) -> ScoredList {
    var quiet = 0
    while quiet < steps.count && memory.remaining > 0 && !isOver() {
      let before = value
      quiet += tryChunk(atMost: steps.count - quiet, &memory, score: score)
      if value > before { quiet = 0 }
    }
    return ScoredList(items: list, score: value)
  }

  /// Tries steps until `chunk` lists are new, and takes the best; returns how many it tried.
  private mutating func tryChunk(
    atMost limit: Int, _ memory: inout ScoreMemory, score: ([[Int]]) -> [Double]
  ) -> Int {
    var fresh: [[Int]] = []
    var places: [Int] = []
    var best: (place: Int, score: Double)?
    var tried = 0
    while tried < limit && fresh.count < chunk {
      let place = next
      steps[place].apply(to: &list, outside: &outside)
      if let known = memory[list] {
        if known > (best?.score ?? value) { best = (place, known) }
      } else {
        fresh.append(list)
        places.append(place)
      }
      steps[place].inverse.apply(to: &list, outside: &outside)
      next = (place + 1) % steps.count
      tried += 1
    }
    for (place, new) in zip(places, memory.add(fresh, by: score))
    where new > (best?.score ?? value) {
      best = (place, new)
    }
    if let best {
      steps[best.place].apply(to: &list, outside: &outside)
      value = best.score
    }
    return tried
  }
}
