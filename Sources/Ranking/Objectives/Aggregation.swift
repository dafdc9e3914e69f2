/// How the expected feedback per slot becomes one number for the list.
package enum Aggregation: Sendable, Hashable {
  /// Expected count: `sum_t p_t`.
  case sum
  /// Chance of at least one: `1 - prod_t (1 - p_t)`, slots taken as independent.
  case any
  /// Expected count where users leave on their way down: `sum_t s_t p_t` with `s_1 = 1` and
  /// `s_t = prod_{j<t} next_j`, next being the feedback that says whether the user goes on (ListReward;
  /// Gong et al. 2022, arXiv 2208.09577). p and next are chances of a slot that is seen.
  case survival(next: String)

  /// What a configuration calls it.
  package var name: String {
    switch self {
    case .sum: "sum"
    case .any: "any"
    case .survival: "survival"
    }
  }

  static let names = ["sum", "any", "survival"]

  /// - Parameter next: kind of feedback; only survival has one.
  init?(name: String, next: String?) {
    switch (name, next) {
    case ("sum", nil): self = .sum
    case ("any", nil): self = .any
    case ("survival", let next?): self = .survival(next: next)
    default: return nil
    }
  }

  /// Kind of feedback that says whether the user goes on.
  package var next: String? {
    if case .survival(let next) = self { next } else { nil }
  }
}

/// The same with the place of the feedback that it needs.
package enum SlotSum: Sendable, Hashable {
  case sum
  case any
  case survival(next: Int)

  /// - Parameter place: of a kind of feedback.
  package init(_ aggregation: Aggregation, place: (String) -> Int) {
    switch aggregation {
    case .sum: self = .sum
    case .any: self = .any
    case .survival(let next): self = .survival(next: place(next))
    }
  }

  /// - Parameters:
  ///   - head: place of the feedback that counts.
  ///   - predictions: `[feedback][slot]`. Slots beyond `count` do not take part; missing ones count 0.
  func value(of head: Int, predictions: [[Float]], count: Int) -> Float {
    let counted = predictions[head].prefix(count)
    return switch self {
    case .sum: counted.reduce(0, +)
    case .any: 1 - counted.reduce(1) { $0 * (1 - min(max($1, 0), 1)) }
    case .survival: increments(of: head, predictions: predictions, count: count).reduce(0, +)
    }
  }

  /// What each slot adds, from the top down; sums to `value`. Missing slots add 0.
  func increments(of head: Int, predictions: [[Float]], count: Int) -> [Float] {
    var factor: Float = 1
    return predictions[head].prefix(count).enumerated().map { slot, value in
      // What nobody sees counts for nothing, even where nothing is known of it.
      guard factor > 0 else { return 0 }
      let own = factor * value
      switch self {
      case .sum: return value
      case .any:
        let chance = min(max(value, 0), 1)
        defer { factor *= 1 - chance }
        return factor * chance
      case .survival(let next):
        let onward = slot < predictions[next].count ? predictions[next][slot] : 0
        factor *= onward.isNaN ? 0 : min(max(onward, 0), 1)
        return own
      }
    }
  }

  /// What values in the slots below are multiplied by because of one slot.
  ///
  /// - Parameters:
  ///   - head: place of the feedback that counts.
  ///   - prediction: of the slot, by place of the feedback.
  package func factor(of head: Int, behind prediction: (Int) -> Float) -> Float {
    switch self {
    case .sum: 1
    case .any: 1 - min(max(prediction(head), 0), 1)
    case .survival(let next): min(max(prediction(next), 0), 1)
    }
  }
}
