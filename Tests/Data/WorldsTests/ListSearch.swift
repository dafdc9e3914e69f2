import Worlds

/// Local search over lists under the truth: replace an item or swap two, until nothing helps.
struct ListSearch {
  var truth: FeedTruth

  func clicks(_ list: [Int]) -> Double {
    truth.clickChances(of: list).reduce(0, +)
  }

  /// The best list of what a pointwise ranker could know: by log-odds alone on top.
  func pointwise(_ length: Int) -> [Int] {
    Array(
      truth.appeal.indices.sorted { truth.appeal[$0] > truth.appeal[$1] }.prefix(length))
  }

  func improved(_ start: [Int]) -> [Int] {
    var list = start
    var best = clicks(list)
    var gained = true
    while gained {
      gained = false
      for slot in list.indices {
        for candidate in truth.appeal.indices {
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
