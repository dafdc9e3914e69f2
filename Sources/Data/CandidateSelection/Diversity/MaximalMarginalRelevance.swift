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
///   - placed: distinct candidates that stand already; the list begins with them.
package func maximalMarginalRelevance(
  relevance: [Double], similarity: (Int, Int) -> Double, tradeOff: Double, length: Int,
  after placed: [Int] = []
) -> [Int] {
  checkWriter(relevance: relevance, tradeOff: tradeOff, length: length, after: placed)
  var nearest = [Double](repeating: -.infinity, count: relevance.count)
  var order = WritingOrder(relevance: relevance, after: placed)
  for candidate in order.open {
    for other in placed {
      nearest[candidate] = max(nearest[candidate], similarity(candidate, other))
    }
  }
  for slot in placed.count..<length {
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
