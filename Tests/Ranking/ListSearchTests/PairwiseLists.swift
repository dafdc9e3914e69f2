import RandomStreams

/// A seeded score of lists that is no sum over items: discounted appeal, and every ordered pair
/// helps or spoils by its distance in the list.
struct PairwiseLists: Sendable {
  let candidates: Int
  let length: Int
  private let appeal: [Double]
  private let pairs: [Double]
  private let discounts: [Double]

  init(candidates: Int, length: Int, seed: UInt64, interaction: Double = 1) {
    var random = RandomStream(seed: seed, "pairwise lists")
    self.candidates = candidates
    self.length = length
    appeal = (0..<candidates).map { _ in random.normal() }
    pairs = (0..<candidates * candidates).map { _ in interaction * random.normal() }
    discounts = (0..<length).map { 1 / Double(1 + $0).squareRoot() }
  }

  func value(_ list: [Int]) -> Double {
    var sum = 0.0
    for (slot, item) in list.enumerated() {
      var gain = appeal[item]
      for above in 0..<slot {
        gain += pairs[list[above] * candidates + item] / Double(1 + slot - above)
      }
      sum += discounts[slot] * gain
    }
    return sum
  }

  func values(_ lists: [[Int]]) -> [Double] { lists.map(value) }
}

/// Every list of `length` from `items`, by recursion; the slow twin of `OrderedLists`.
func everyList(of items: [Int], length: Int) -> [[Int]] {
  guard length > 0 else { return [[]] }
  return items.flatMap { first in
    everyList(of: items.filter { $0 != first }, length: length - 1).map { [first] + $0 }
  }
}

/// The best of lists by definition: highest score, then lexicographically smallest.
func slowBest(_ lists: [[Int]], _ value: ([Int]) -> Double) -> (items: [Int], score: Double)? {
  var best: (items: [Int], score: Double)?
  for list in lists {
    let score = value(list)
    guard let held = best else {
      best = (list, score)
      continue
    }
    let ahead = score == held.score && list.lexicographicallyPrecedes(held.items)
    if score > held.score || ahead { best = (list, score) }
  }
  return best
}
