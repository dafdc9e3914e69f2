/// Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): item by item the candidate i
/// with the highest `tradeOff * relevance(i) - (1 - tradeOff) * max over placed j of similarity(i, j)`.
///
/// The first item has nothing to resemble: its second term is 0. Ties go to the higher relevance,
/// then to the smaller index. Takes `length * m` similarities.
/// - Parameters:
///   - relevance: one finite number per candidate.
///   - similarity: of a candidate and a placed item, finite; on the scale of the relevances, or the
///     trade-off means something else.
///   - tradeOff: lambda in 0...1; 1 is relevance only, 0 is diversity only.
package func maximalMarginalRelevance(
  relevance: [Double], similarity: (Int, Int) -> Double, tradeOff: Double, length: Int
) -> [Int] {
  checkWriter(relevance: relevance, tradeOff: tradeOff, length: length)
  var nearest = [Double](repeating: -.infinity, count: relevance.count)
  var order = WritingOrder(relevance: relevance)
  for slot in 0..<length {
    let placed = order.place { candidate in
      let resemblance = slot == 0 ? 0 : nearest[candidate]
      return tradeOff * relevance[candidate] - (1 - tradeOff) * resemblance
    }
    guard slot < length - 1 else { break }
    for candidate in order.open {
      nearest[candidate] = max(nearest[candidate], similarity(candidate, placed))
    }
  }
  return order.list
}
