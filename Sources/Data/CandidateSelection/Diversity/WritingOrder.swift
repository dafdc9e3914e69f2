/// A list that is written item by item by the highest gain.
///
/// Ties go to the higher relevance, then to the smaller index.
struct WritingOrder {
  private(set) var list: [Int]
  /// Candidates not placed yet, ascending.
  private(set) var open: [Int]
  private let relevance: [Double]

  /// - Parameter placed: distinct candidates that stand already.
  init(relevance: [Double], after placed: [Int] = []) {
    self.relevance = relevance
    list = placed
    let known = Set(placed)
    open = relevance.indices.filter { !known.contains($0) }
  }

  /// Places the candidate with the highest gain and returns it; gains up to `tolerance` apart tie.
  mutating func place(tolerance: Double = 0, by gain: (Int) -> Double) -> Int {
    var winner = 0
    var highest = -Double.infinity
    for (place, candidate) in open.enumerated() {
      let value = gain(candidate)
      let tied = value == highest || abs(value - highest) <= tolerance
      if tied ? relevance[candidate] > relevance[open[winner]] : value > highest { winner = place }
      highest = max(highest, value)
    }
    let placed = open.remove(at: winner)
    list.append(placed)
    return placed
  }
}

func checkWriter(relevance: [Double], tradeOff: Double, length: Int, after placed: [Int]) {
  precondition(
    (placed.count...max(relevance.count, placed.count)).contains(length)
      && length <= relevance.count,
    "no lists of \(length) from \(relevance.count) candidates after \(placed.count)")
  precondition(
    Set(placed).count == placed.count && placed.allSatisfy(relevance.indices.contains),
    "\(placed) are no distinct candidates")
  precondition((0...1).contains(tradeOff), "the trade-off is in 0...1, got \(tradeOff)")
  for (candidate, value) in relevance.enumerated() {
    precondition(value.isFinite, "candidate \(candidate) has relevance \(value)")
  }
}
