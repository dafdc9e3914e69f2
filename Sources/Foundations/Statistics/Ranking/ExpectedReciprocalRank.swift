import Foundation

/// Chance that an item of this grade satisfies: `(2^grade - 1) / 2^maximum`, in 0..<1.
///
/// The map of Chapelle et al. (CIKM 2009), from grades 0...maximum.
package func satisfaction(grade: Double, maximum: Double) -> Double {
  precondition(
    grade >= 0 && grade <= maximum, "a grade lies in 0...\(maximum), got \(grade)")
  return (exp2(grade) - 1) / exp2(maximum)
}

/// Expected reciprocal rank of the item at which a reader stops, in 0...1.
///
/// `sum_{r <= k} 1/r * s_r * prod_{j < r} (1 - s_j)`: she reads down and is satisfied by item r with
/// chance s_r (Chapelle et al., "Expected reciprocal rank for graded relevance", CIKM 2009).
/// 0 for an empty list; nil when a chance is outside 0...1.
package func expectedReciprocalRank(
  _ satisfaction: [Double], at k: Int? = nil, mask: [Bool]? = nil
) -> Double? {
  var reading = 1.0
  var sum = 0.0
  for (place, i) in rankedIndices(satisfaction.count, mask: mask, depth: k).enumerated() {
    let chance = satisfaction[i]
    guard (0...1).contains(chance) else { return nil }
    sum += reading * chance / Double(place + 1)
    reading *= 1 - chance
  }
  return sum
}

/// Intent-aware expected reciprocal rank (ERR-IA), in 0...1: `sum_i p_i * ERR_i`.
///
/// A request has several intents, and an item may serve some of them; the mean over intents
/// rewards lists that serve many early (Chapelle et al., "Intent-based diversification of web search
/// results", Information Retrieval 2011). Not divided by an ideal list.
///
/// - Parameters:
///   - satisfaction: `[n, intents]`, per listed item, top down, its chance to satisfy each intent.
///   - weights: per intent, at least 0; only their proportions matter.
/// - Returns: nil when a chance is outside 0...1, or when the weights are not finite, hold a
///   negative one or sum to 0. 0 for an empty list.
package func intentAwareERR(
  _ satisfaction: [[Double]], weights: [Double], at k: Int? = nil, mask: [Bool]? = nil
) -> Double? {
  let ranked = rankedIndices(satisfaction.count, mask: mask, depth: k)
  for i in ranked {
    precondition(
      satisfaction[i].count == weights.count,
      "item \(i) has \(satisfaction[i].count) chances for \(weights.count) intents")
  }
  let total = weights.reduce(0, +)
  guard total > 0, total.isFinite, weights.allSatisfy({ $0 >= 0 }) else { return nil }
  var sum = 0.0
  for (intent, weight) in weights.enumerated() {
    guard let value = expectedReciprocalRank(ranked.map { satisfaction[$0][intent] }) else {
      return nil
    }
    sum += weight / total * value
  }
  return sum
}
