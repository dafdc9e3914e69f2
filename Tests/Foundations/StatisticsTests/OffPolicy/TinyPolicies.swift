import Foundation
import Statistics

/// Two policies over lists of 3 out of 4 items, with everything about them by enumeration.
struct TinyPolicies {
  /// What a slot earns for a list.
  let reward: @Sendable (_ slot: Int, _ list: [Int]) -> Double
  /// Q-hat of the list down to a slot.
  var prediction: (_ above: [Int], _ item: Int) -> Double = { above, item in
    0.3 * Double(item) - 0.1 * Double(above.count)
  }

  static let lists = orders(of: 4, length: 3)

  /// A softmax that shuns the neighbour (by number) of the item above.
  func chances(_ scores: [Double], after above: [Int]) -> [Double] {
    let weights = scores.indices.map { item -> Double in
      if above.contains(item) { return 0 }
      let isNear = above.last.map { abs($0 - item) == 1 } ?? false
      return exp(scores[item] - (isNear ? 1 : 0))
    }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }

  func logging(after above: [Int]) -> [Double] { chances([0.2, 0, -0.3, 0.4], after: above) }
  func target(after above: [Int]) -> [Double] { chances([0, 1, 0.5, -1], after: above) }

  /// Chance of a list.
  func chance(of list: [Int], _ policy: ([Int]) -> [Double]) -> Double {
    list.indices.reduce(1) { $0 * policy(Array(list.prefix($1)))[list[$1]] }
  }

  /// What the target policy earns.
  var truth: Double {
    TinyPolicies.lists.reduce(0) { sum, list in
      sum + chance(of: list, target) * list.indices.reduce(0) { $0 + reward($1, list) }
    }
  }

  func slate(_ list: [Int], cluster: UInt64 = 0) -> LoggedSlate {
    let slots = list.indices.map { slot in
      let above = Array(list.prefix(slot))
      let next = target(after: above)
      // Items already placed have chance 0, and no prediction is asked for them.
      let expected = next.indices.filter { next[$0] > 0 }.reduce(0) {
        $0 + next[$1] * prediction(above, $1)
      }
      return LoggedSlot(
        reward: reward(slot, list), logging: logging(after: above)[list[slot]],
        target: next[list[slot]],
        prediction: LoggedSlot.Prediction(
          logged: prediction(above, list[slot]), expected: expected))
    }
    return LoggedSlate(cluster: cluster, slots: slots)
  }

  /// Reward of a slot and those below, exact, when the target policy goes on.
  func remaining(_ above: [Int], _ item: Int) -> Double {
    let list = above + [item]
    guard list.count < 3 else { return reward(above.count, list) }
    let next = target(after: list)
    return reward(above.count, list)
      + next.indices.filter { next[$0] > 0 }.reduce(0) { $0 + next[$1] * remaining(list, $1) }
  }

  /// What a slot earns when it depends on its own item, on those above, and on that below too.
  static let ownItem: @Sendable (Int, [Int]) -> Double = { slot, list in
    Double(list[slot] * list[slot]) / Double(slot + 1)
  }
  static let itemsAbove: @Sendable (Int, [Int]) -> Double = { slot, list in
    list.prefix(slot + 1).reduce(0) { Double(3 * list[slot] + $1) / (1 + $0) }
  }
  static let neighbours: @Sendable (Int, [Int]) -> Double = { slot, list in
    itemsAbove(slot, list) + (slot + 1 < list.count ? Double(list[slot + 1] * list[slot]) : 0)
  }
}
