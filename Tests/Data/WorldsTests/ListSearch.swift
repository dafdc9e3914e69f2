import Worlds

/// Local search over lists under the truth: replace an item or swap two, until nothing helps.
struct ListSearch {
  /// Log-odds of a click alone on top of a list: `[M]`.
  let appeal: [Double]
  /// Expected clicks of a list.
  let clicks: ([Int]) -> Double

  init(truth: FeedTruth) {
    appeal = truth.appeal
    clicks = { truth.clickChances(of: $0).reduce(0, +) }
  }

  init(truth: LatentTruth) {
    appeal = truth.appeal
    clicks = { truth.clickChances(of: $0).reduce(0, +) }
  }

  /// The best list of what a pointwise ranker could know: by log-odds alone on top.
  func pointwise(_ length: Int) -> [Int] {
    Array(appeal.indices.sorted { appeal[$0] > appeal[$1] }.prefix(length))
  }

  func improved(_ start: [Int]) -> [Int] {
    var list = start
    var best = clicks(list)
    var gained = true
    while gained {
      gained = false
      for slot in list.indices {
        for candidate in appeal.indices {
          var other = list
          if let place = list.firstIndex(of: candidate) {
            other.swapAt(slot, place)
          } else {
            other[slot] = candidate
          }
          let value = clicks(other)
          if value > best + 1e-9 {
            (list, best, gained) = (other, value, true)
          }
        }
      }
    }
    return list
  }
}
