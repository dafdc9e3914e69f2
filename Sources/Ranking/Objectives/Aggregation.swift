/// How the expected feedback per slot becomes one number for the list.
package enum Aggregation: String, Codable, Sendable, CaseIterable {
  /// Expected count: `sum_t p_t`.
  case sum
  /// Chance of at least one: `1 - prod_t (1 - p_t)`, slots taken as independent.
  case any

  /// Numbers of slots beyond `count` do not take part; missing ones count 0.
  func value(of slots: [Float], count: Int) -> Float {
    let counted = slots.prefix(count)
    return switch self {
    case .sum: counted.reduce(0, +)
    case .any: 1 - counted.reduce(1) { $0 * (1 - min(max($1, 0), 1)) }
    }
  }

  /// What each slot adds, from the top down; sums to `value`. Missing slots add 0.
  func increments(of slots: [Float], count: Int) -> [Float] {
    var missed: Float = 1
    return slots.prefix(count).map { slot in
      switch self {
      case .sum: return slot
      case .any:
        let chance = min(max(slot, 0), 1)
        defer { missed *= 1 - chance }
        return missed * chance
      }
    }
  }
}
