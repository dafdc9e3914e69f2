/// Greedy maximum of `theta * sum_{i in S} r_i + (1 - theta) * sum_f sum_{g of f} sqrt(sum_{i in S, g} r_i)`.
///
/// The root makes each further item of a group worth less (Lin and Bilmes, "A class of submodular functions
/// for document summarization", ACL 2011). The function is monotone and submodular, so that the greedy set
/// has at least 1 - 1/e of the best value (Nemhauser, Wolsey and Fisher, 1978). Ties go to the higher relevance,
/// then to the smaller index. Takes `length * m` gains.
/// - Parameters:
///   - relevance: r, at least 0, one number per candidate.
///   - groups: of each candidate, once per feature f: `[f][M]`, whole numbers from 0.
///   - tradeOff: theta in 0...1; 1 is relevance only.
///   - placed: distinct candidates that stand already; the list begins with them.
package func submodularGreedy(
  relevance: [Double], groups: [[Int]], tradeOff: Double, length: Int, after placed: [Int] = []
) -> [Int] {
  checkWriter(relevance: relevance, tradeOff: tradeOff, length: length, after: placed)
  precondition(relevance.allSatisfy { $0 >= 0 }, "relevances are at least 0")
  var sums = groups.map { [Double](repeating: 0, count: ($0.max() ?? -1) + 1) }
  func gain(_ item: Int) -> Double {
    var roots = 0.0
    for (feature, own) in groups.enumerated() {
      let sum = sums[feature][own[item]]
      roots += (sum + relevance[item]).squareRoot() - sum.squareRoot()
    }
    return tradeOff * relevance[item] + (1 - tradeOff) * roots
  }
  func add(_ item: Int) {
    for (feature, own) in groups.enumerated() { sums[feature][own[item]] += relevance[item] }
  }
  var order = WritingOrder(relevance: relevance, after: placed)
  placed.forEach(add)
  for _ in placed.count..<length { add(order.place(by: gain)) }
  return order.list
}
