/// Sets the weights of all controlled objectives at once, so that no controller moves another's
/// weight out of its bounds.
struct ControlledWeights {
  private struct Entry {
    let name: String
    let least: Double
    let most: Double
    var weight: Double
  }

  private var entries: [Entry]

  init(_ controllers: [ShareController]) {
    entries = controllers.compactMap { controller in
      let c = controller.configuration
      return c.objective.map {
        Entry(name: $0, least: c.minimum, most: c.maximum, weight: controller.weight)
      }
    }
  }

  /// The weights with the controlled ones set and the others sharing the rest `1 - sum` as before;
  /// alike where none of them weighed anything.
  ///
  /// Controlled weights above 1 in sum give up the part above their minima in proportion. Where all
  /// objectives are controlled, what is left over goes to those with room below their maxima.
  /// - Parameter weights: from 0, one per objective; controllers of others do nothing.
  /// - Returns: weights that sum to 1.
  func applied(to weights: [String: Double]) -> [String: Double] {
    var own = entries.filter { weights[$0.name] != nil }
    guard !own.isEmpty else { return weights }
    // In one order, since sums of floating numbers depend on it.
    let others = weights.keys.sorted().filter { name in !own.contains { $0.name == name } }
    let sum = own.reduce(0) { $0 + $1.weight }
    if sum > 1 {
      ControlledWeights.spread(1 - own.reduce(0) { $0 + $1.least }, over: &own, from: \.least) {
        $0.weight - $0.least
      }
    } else if others.isEmpty {
      ControlledWeights.spread(1 - sum, over: &own, from: \.weight) { $0.most - $0.weight }
    }
    let rest = max(1 - own.reduce(0) { $0 + $1.weight }, 0)
    let before = others.reduce(0) { $0 + (weights[$1] ?? 0) }
    var moved: [String: Double] = [:]
    for name in others {
      let share = before > 0 ? (weights[name] ?? 0) / before : 1 / Double(others.count)
      moved[name] = share * rest
    }
    for entry in own { moved[entry.name] = entry.weight }
    return moved
  }

  /// Gives every entry its start and a part of `amount`, in proportion to its size.
  private static func spread(
    _ amount: Double, over entries: inout [Entry], from start: KeyPath<Entry, Double>,
    by size: (Entry) -> Double
  ) {
    let sizes = entries.map(size)
    let all = sizes.reduce(0, +)
    guard all > 0 else { return }
    let part = min(max(amount / all, 0), 1)
    for place in entries.indices {
      entries[place].weight = entries[place][keyPath: start] + sizes[place] * part
    }
  }
}
