/// Prices that make the relaxed problem's value small: Lagrange multipliers by subgradient steps.
///
///     L(lambda, mu) = h(0) + sum_i lambda_i + sum_c mu_c capacity_c  >=  V of every plan
///
/// A step moves the price of an insert by how often it is taken less one, and the price of a share by
/// the weight that is taken less its capacity, as far as
/// (L - V of a known plan) / (length of that direction)^2 says (Polyak 1969). Each step solves the
/// table once.
struct DualAscent {
  /// Most steps.
  var steps: Int
  /// Sets the best prices that were found.
  /// - Parameter known: the value of a plan of the problem; nil where none is known.
  func improve(_ table: inout ValueToGo, known: Double?) {
    let layout = table.layout
    // Without a plan to aim at, a twentieth below is as good a guess as any.
    let start = table(0, 0, 0)
    let known = known ?? start - 0.05 * abs(start)
    var prices = table.prices
    var best = (bound: Double.infinity, prices: prices)
    var scale = 1.0
    var idle = 0
    for step in 0...max(0, steps) {
      if step > 0 { table.solve(prices) }
      let bound = prices.offset(layout) + table(0, 0, 0)
      if bound < best.bound - 1e-4 * max(0, best.bound - known) || step == 0 {
        best = (bound, prices)
        idle = 0
      } else {
        idle += 1
        if idle.isMultiple(of: 3) { scale /= 2 }
      }
      if best.bound - known <= 10 * layout.resolution || bound == -.infinity { break }
      let direction = Direction(RelaxedPath(table), prices, layout, table.progress)
      if direction.squared == 0 { break }
      prices = direction.moved(prices, by: scale * (bound - known) / direction.squared)
    }
    if table.prices != best.prices { table.solve(best.prices) }
  }
}

/// By how much a relaxed list breaks the rules that have prices.
private struct Direction {
  private var once: [[Double]]
  private var share: [Double]
  private(set) var squared = 0.0

  init(
    _ path: RelaxedPath, _ prices: FeedPrices, _ layout: FeedLayout, _ progress: ProgressStates
  ) {
    once = prices.once
    share = prices.share
    for (c, queue) in layout.queues.enumerated() {
      for i in once[c].indices {
        let excess = progress.isExact[c] ? 0 : Double(path.uses[c][i] - 1)
        once[c][i] = excess < 0 && prices.once[c][i] == 0 ? 0 : excess
        squared += once[c][i] * once[c][i]
      }
      let excess = queue.hasShare ? path.weights[c] - queue.capacity : 0
      share[c] = excess < 0 && prices.share[c] == 0 ? 0 : excess
      squared += share[c] * share[c]
    }
  }

  func moved(_ prices: FeedPrices, by length: Double) -> FeedPrices {
    var prices = prices
    for c in share.indices {
      prices.share[c] = max(0, prices.share[c] + length * share[c])
      for i in once[c].indices {
        prices.once[c][i] = max(0, prices.once[c][i] + length * once[c][i])
      }
    }
    return prices
  }
}
