import Foundation

/// alpha-NDCG of the first k items: gain for subtopics that the list has not covered above.
///
/// `sum_r G_r / log2(1 + r)` with `G_r = sum_{s of item r} (1 - alpha)^(times s occurs above r)`,
/// divided by the same sum of an ideal list (Clarke et al., "Novelty and diversity in information
/// retrieval evaluation", SIGIR 2008). Finding the best list is NP-hard; as is the custom, the ideal
/// is built greedily, ties going to the earlier candidate. A list that beats the greedy one gets
/// more than 1, which happens seldom and by little; it is not cut off.
///
/// - Parameters:
///   - subtopics: per listed item, top down, the subtopics it belongs to; repeats count once.
///   - candidates: the same for all items that could have been listed, the listed ones included;
///     the listed ones by default.
///   - alpha: what a repeat costs, in 0...1. With 0 this is NDCG with the number of subtopics as
///     gain; with 1 only the first item of a subtopic earns.
///   - k: the list's length by default. A list shorter than k is measured against k ideal items.
/// - Returns: nil when no candidate has a subtopic.
package func alphaNDCG(
  _ subtopics: [[Int]], candidates: [[Int]]? = nil, alpha: Double = 0.5, at k: Int? = nil,
  mask: [Bool]? = nil
) -> Double? {
  precondition((0...1).contains(alpha), "alpha lies in 0...1, got \(alpha)")
  let listed = rankedIndices(subtopics.count, mask: mask, depth: nil).map { subtopics[$0] }
  let all = candidates ?? listed
  precondition(
    all.count >= listed.count, "\(listed.count) items listed of \(all.count) candidates")
  guard let depth = k ?? (listed.isEmpty ? nil : listed.count) else { return nil }
  precondition(depth > 0, "a ranking is cut off at a depth of at least 1, got \(depth)")

  var reached = NoveltyGain(repeatFactor: 1 - alpha)
  for item in listed.prefix(depth) { reached.place(distinct(item)) }
  let ideal = NoveltyGain.greedy(all.map(distinct), depth: depth, repeatFactor: 1 - alpha)
  return ideal.sum > 0 ? reached.sum / ideal.sum : nil
}

/// Sorted, so that sums over subtopics are taken in one order whatever the input's.
private func distinct(_ subtopics: [Int]) -> [Int] { Set(subtopics).sorted() }

/// The discounted novelty gain of a list that is written item by item.
private struct NoveltyGain {
  let repeatFactor: Double
  private(set) var sum = 0.0
  private var placed = 0
  private var occurrences: [Int: Int] = [:]

  init(repeatFactor: Double) {
    self.repeatFactor = repeatFactor
  }

  func gain(of subtopics: [Int]) -> Double {
    subtopics.reduce(0.0) { $0 + pow(repeatFactor, Double(occurrences[$1] ?? 0)) }
  }

  mutating func place(_ subtopics: [Int]) {
    sum += gain(of: subtopics) / log2(Double(placed + 2))
    placed += 1
    for subtopic in subtopics { occurrences[subtopic, default: 0] += 1 }
  }

  static func greedy(_ candidates: [[Int]], depth: Int, repeatFactor: Double) -> NoveltyGain {
    var list = NoveltyGain(repeatFactor: repeatFactor)
    var left = Array(candidates.indices)
    while list.placed < depth, !left.isEmpty {
      var best = 0
      var bestGain = -1.0
      for (place, candidate) in left.enumerated() {
        let gain = list.gain(of: candidates[candidate])
        if gain > bestGain { (best, bestGain) = (place, gain) }
      }
      list.place(candidates[left.remove(at: best)])
    }
    return list
  }
}
