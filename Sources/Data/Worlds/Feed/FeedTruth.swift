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
///
/// In a mixed feed an insert also loses by inserts of its own channel above it, and an advertisement by being
/// one.
///
/// With `survival` these are chances of a slot that the user reaches. Behind one the user goes on with the
/// chance `stay = (1 - stall_i) (1 - leave_after_click)` after a click and `(1 - stall_i)
/// (1 - leave_after_skip)` without one, whatever happened above, so the chance to reach a slot is the
/// product of the mean chances to go on above it.
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
  /// Chance per candidate that a user leaves because it stalls: `[M]`; nil where nobody leaves.
  private let stalls: [Double]?
  /// Per candidate, where it comes from, nil for an organic item: `[M]`; nil for a feed without inserts.
  private let channels: [FeedChannel?]?

  /// - Parameters:
  ///   - loaded: share of each candidate that the device holds already.
  ///   - channels: of the candidates of a mixed feed.
  init(
    user: FeedUser, items: [FeedItem], context: FeatureMap, loaded: [Double],
    channels: [FeedChannel?]? = nil, law: FeedWorldConfiguration
  ) {
    let hour = context["hour"]?.number.flatMap { Int(exactly: $0.rounded()) }
    let device = context["device"]?.categories.first
    let answers = items.map {
      FeedAnswer(user: user, item: $0, hour: hour, device: device, law: law)
    }
    self.items = items
    self.law = law
    self.channels = channels
    appeal = answers.enumerated().map { i, answer in
      answer.appeal - (channels?[i] == .ad ? law.adAversion : 0)
    }
    likeGivenClick = answers.map(\.like)
    dwellGivenClick = answers.map(\.dwell)
    decay = items.indices.map { pow(law.redundancyDecay, Double($0)) }
    let slowness = FeedWorld.slowness(of: context["network"]?.categories.first)
    stalls = law.survival ? loaded.map { law.stall * slowness * (1 - $0) } : nil
  }

  /// Chance to go on behind a slot that was reached; nil where nobody leaves.
  func stay(behind candidate: Int, clicked: Bool) -> Double? {
    stalls.map { stalls in
      (1 - stalls[candidate]) * (1 - (clicked ? law.leaveAfterClick : law.leaveAfterSkip))
    }
  }

  /// Chance to go on behind each slot that is reached, `[n]`; nil where nobody leaves.
  ///
  /// - Parameter clicks: chance of a click per slot.
  func stays(of list: [Int], clicks: [Double]) -> [Double]? {
    guard stalls != nil else { return nil }
    return zip(list, clicks).map { candidate, click in
      let after = { (clicked: Bool) in self.stay(behind: candidate, clicked: clicked) ?? 1 }
      return click * after(true) + (1 - click) * after(false)
    }
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
      let tired =
        channels.map { $0[list[slot]] != nil && $0[list[slot]] == $0[list[above]] } ?? false
      sum += decay[slot - above - 1] * (tired ? cost + law.insertFatigue : cost)
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
