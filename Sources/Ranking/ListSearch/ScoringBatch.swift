/// One score per list; NaN counts as -infinity, so a list that cannot be judged never wins.
func checkedScores(of lists: [[Int]], by score: ([[Int]]) -> [Double]) -> [Double] {
  var scores = score(lists)
  precondition(
    scores.count == lists.count, "the scorer gave \(scores.count) scores for \(lists.count) lists")
  for i in scores.indices where scores[i].isNaN { scores[i] = -.infinity }
  return scores
}

/// Lists gathered for one call of the scorer. The rows keep their storage from call to call.
struct ScoringBatch {
  private let capacity: Int
  private var rows: [[Int]] = []
  private(set) var count = 0

  init(capacity: Int) {
    precondition(capacity > 0, "a batch of \(capacity) lists holds nothing")
    self.capacity = capacity
  }

  var isFull: Bool { count == capacity }

  subscript(row: Int) -> [Int] { rows[row] }

  /// Adds `prefix`, followed by `item` if there is one.
  mutating func add(_ prefix: [Int], _ item: Int? = nil) {
    precondition(!isFull, "the batch already holds \(capacity) lists")
    if count == rows.count { rows.append([]) }
    rows[count].removeAll(keepingCapacity: true)
    rows[count].append(contentsOf: prefix)
    if let item { rows[count].append(item) }
    count += 1
  }

  /// The scores of the lists in the order of adding.
  func scores(by score: ([[Int]]) -> [Double]) -> [Double] {
    guard count > 0 else { return [] }
    return checkedScores(of: count == rows.count ? rows : Array(rows[..<count]), by: score)
  }

  mutating func clear() { count = 0 }
}
