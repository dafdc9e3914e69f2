import Foundation

/// Greedy most probable list of a determinantal point process, by the fast Cholesky update of Chen,
/// Zhang and Zhou, "Fast greedy MAP inference for DPP" (NeurIPS 2018, algorithm 1): O(n^2 m).
///
/// The kernel is `L = diag(exp(a r)) S diag(exp(a r))` with `a = theta / (2 (1 - theta))` (section
/// 6), and each step takes the candidate that raises `log det L` of the list most. Times
/// `1 - theta` that gain is `theta * r_i + (1 - theta) * log residual_i`, with the residual of S
/// alone: the same choice, without the exponentials that overflow as theta nears 1.
///
/// An item whose residual is at most 1e-10 of its own similarity is a combination of the placed ones
/// (a duplicate, or the list is longer than the rank of S): it waits until only such items are left,
/// which then follow by relevance. Gains up to 1e-9 apart are ties, as lengths of vectors round: they
/// go to the higher relevance, then to the smaller index.
/// - Parameters:
///   - relevance: r, one finite number per candidate.
///   - similarity: S, symmetric, positive semidefinite, above 0 on the diagonal. Negative residuals
///     of any other kernel count as 0.
///   - tradeOff: theta in 0...1; 1 is relevance only (duplicates too), 0 is diversity only.
///   - placed: distinct candidates that stand already; the list begins with them.
package func determinantalGreedy(
  relevance: [Double], similarity: (Int, Int) -> Double, tradeOff: Double, length: Int,
  after placed: [Int] = []
) -> [Int] {
  checkWriter(relevance: relevance, tradeOff: tradeOff, length: length, after: placed)
  var order = WritingOrder(relevance: relevance, after: placed)
  var residuals = CholeskyResiduals(
    diagonal: relevance.indices.map { similarity($0, $0) }, ranks: length)
  for item in placed where tradeOff < 1 && residuals.isOpen(item) {
    residuals.place(item) { similarity(item, $0) }
  }
  for _ in placed.count..<length {
    let placed = order.place(tolerance: 1e-9) { candidate in
      guard tradeOff < 1 else { return relevance[candidate] }
      guard residuals.isOpen(candidate) else { return -.infinity }
      return tradeOff * relevance[candidate] + (1 - tradeOff) * log(residuals[candidate])
    }
    if tradeOff < 1 && residuals.isOpen(placed) {
      residuals.place(placed) { similarity(placed, $0) }
    }
  }
  return order.list
}
