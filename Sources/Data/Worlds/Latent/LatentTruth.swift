import Foundation

/// The law by which one request's user answers lists, in closed form.
///
/// An item in slot t that is read is clicked with the chance
/// `a_t = sigmoid(appeal_i - redundancy sum over j above of max(0, z_i . z_j)^2
/// - contrast max(0, log price_i - log price of the neighbour above))`.
/// The user reads slot 1 for certain and goes on from slot t with the chance
/// `1 - leave_after_click` after a click and `1 - leave_after_skip (1 - a_t)` without one. What is
/// clicked does not move the attraction of what follows, so slot t + 1 is read with the chance
/// `s_{t+1} = s_t (a_t stay_click + (1 - a_t) stay_skip_t)`, and `E[click_t] = s_t a_t` is exact.
package struct LatentTruth: ListTruth {
  /// Log-odds of a click per candidate, alone on top of a list: `[M]`. What the best possible
  /// pointwise ranker would sort by.
  package let appeal: [Double]
  /// Chance of a purchase once clicked, whatever the list: `[M]`.
  package let buyGivenClick: [Double]
  private let logPrices: [Double]
  /// What candidate j above costs candidate i: `[M * M]`, row i.
  private let costs: [Double]
  private let law: LatentWorldConfiguration

  init(user: LatentUser, items: [LatentItem], law: LatentWorldConfiguration) {
    self.law = law
    appeal = items.map {
      law.base + law.preferenceWeight * dot(user.preference, $0.vector)
        + law.qualityWeight * $0.quality
    }
    buyGivenClick = items.map {
      sigmoid(law.buyBase - law.priceFit * abs($0.logPrice - user.logBudget))
    }
    logPrices = items.map(\.logPrice)
    costs = items.flatMap { own in
      items.map { other in
        let likeness = max(0, dot(own.vector, other.vector))
        return law.redundancy * likeness * likeness
      }
    }
  }

  /// Chance of a click per slot if the slot is read: `[n]` for a list of n candidates, top down.
  package func attractions(of list: [Int]) -> [Double] {
    list.indices.map { slot in
      let own = list[slot]
      var logOdds = appeal[own]
      for above in 0..<slot { logOdds -= costs[own * appeal.count + list[above]] }
      if slot > 0 {
        logOdds -= law.priceContrast * max(0, logPrices[own] - logPrices[list[slot - 1]])
      }
      return sigmoid(logOdds)
    }
  }

  /// Chance that the user reads each slot: `[n]`, starting at 1 and never rising.
  package func exposures(of list: [Int]) -> [Double] { exposures(attractions(of: list)) }

  /// Chance to go on behind a slot that was read.
  func stay(clicked: Bool, attraction: Double) -> Double {
    1 - (clicked ? law.leaveAfterClick : law.leaveAfterSkip * (1 - attraction))
  }

  /// Exact expected feedback per slot: `["click": [n], "buy": [n]]`, `E[buy] = P(click)
  /// P(buy | click)`.
  package func expectedFeedback(of list: [Int]) -> [String: [Float]] {
    let clicks = clickChances(of: list)
    return [
      "click": clicks.map { Float($0) },
      "buy": zip(clicks, list).map { Float($0 * buyGivenClick[$1]) },
    ]
  }

  /// Chance of a click per slot, read or not: `[n]`.
  package func clickChances(of list: [Int]) -> [Double] {
    let attractions = attractions(of: list)
    return zip(exposures(attractions), attractions).map { $0 * $1 }
  }

  private func exposures(_ attractions: [Double]) -> [Double] {
    var reading = 1.0
    return attractions.map { a in
      defer {
        reading *=
          a * stay(clicked: true, attraction: a) + (1 - a) * stay(clicked: false, attraction: a)
      }
      return reading
    }
  }
}

private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
