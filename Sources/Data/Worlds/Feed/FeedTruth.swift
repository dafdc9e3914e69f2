import Foundation
import Sessions

/// The law by which one request's user answers lists, in closed form.
///
/// A click in slot t on item i has the log-odds
/// `appeal_i - bias log2(t) - redundancy_t + contrast_t`, and clicks are independent across the
/// slots of a list. The redundancy is the sum over the items above of what shop or category cost,
/// falling by `redundancyDecay` per position; the contrast compares with the direct neighbours on
/// both sides. A list is therefore not the sum of its items, and placing one changes the chances
/// of those around it.
package struct FeedTruth: ListTruth {
  /// Log-odds of a click per candidate, alone on top of a list: `[M]`. What the best possible
  /// pointwise ranker would sort by.
  package let appeal: [Double]
  /// Chance of a like once clicked, whatever the list: `[M]`.
  package let likeGivenClick: [Double]
  /// Expected seconds once clicked, whatever the list: `[M]`.
  package let dwellGivenClick: [Double]
  let items: [FeedItem]
  private let law: FeedWorldConfiguration
  /// `redundancyDecay` to the powers 0, 1, 2...
  private let decay: [Double]

  init(user: FeedUser, items: [FeedItem], context: FeatureMap, law: FeedWorldConfiguration) {
    let hour = context["hour"]?.number.flatMap { Int(exactly: $0.rounded()) }
    let device = context["device"]?.categories.first
    let answers = items.map {
      FeedAnswer(user: user, item: $0, hour: hour, device: device, law: law)
    }
    self.items = items
    self.law = law
    appeal = answers.map(\.appeal)
    likeGivenClick = answers.map(\.like)
    dwellGivenClick = answers.map(\.dwell)
    decay = items.indices.map { pow(law.redundancyDecay, Double($0)) }
  }

  /// Chance of a click per slot: `[n]` for a list of n candidate indices, top down.
  package func clickChances(of list: [Int]) -> [Double] {
    list.indices.map { slot in
      let logit =
        appeal[list[slot]] - law.positionBias * log2(Double(slot + 1)) - redundancy(slot, list)
        + contrast(slot, list)
      return 1 / (1 + exp(-logit))
    }
  }

  /// What the items above cost the item in the slot.
  private func redundancy(_ slot: Int, _ list: [Int]) -> Double {
    let own = items[list[slot]]
    var sum = 0.0
    for above in 0..<slot {
      let other = items[list[above]]
      let cost =
        other.shop == own.shop
        ? law.shopRedundancy : other.category == own.category ? law.categoryRedundancy : 0
      sum += decay[slot - above - 1] * cost
    }
    return sum
  }

  /// Mean over both sides; a side without a neighbour counts 0.
  private func contrast(_ slot: Int, _ list: [Int]) -> Double {
    let own = items[list[slot]]
    var sum = 0.0
    for beside in [slot - 1, slot + 1] where list.indices.contains(beside) {
      let other = items[list[beside]]
      sum += law.contrast * tanh(own.quality - other.quality)
      sum += own.kind == other.kind ? -law.kindContrast : law.kindContrast
    }
    return sum / 2
  }
}
