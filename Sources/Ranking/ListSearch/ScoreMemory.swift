/// What was scored so far, and how many more lists may be.
///
/// A list is scored once: again costs nothing, and a network whose last bits depend on the batch
/// cannot send a climb in circles.
struct ScoreMemory {
  private let budget: Int
  private var known: [[Int]: Double] = [:]

  init(budget: Int) {
    self.budget = budget
  }

  var scored: Int { known.count }
  var remaining: Int { budget - known.count }

  subscript(list: [Int]) -> Double? { known[list] }

  /// Scores distinct, unknown lists in one call, as many from the front as the budget allows.
  mutating func add(_ lists: [[Int]], by score: ([[Int]]) -> [Double]) -> [Double] {
    let allowed = lists.count <= remaining ? lists : Array(lists.prefix(remaining))
    guard !allowed.isEmpty else { return [] }
    let scores = checkedScores(of: allowed, by: score)
    for (list, value) in zip(allowed, scores) { known[list] = value }
    return scores
  }
}
