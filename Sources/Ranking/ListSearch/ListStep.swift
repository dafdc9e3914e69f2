/// One change of a list; the neighbours of a list are what one step makes of it.
package enum ListStep: Sendable, Equatable {
  /// The item at `slot` changes places with an item outside the list.
  case replace(slot: Int, outside: Int)
  case swap(Int, Int)
  /// The item at `from` goes to `to`; those between move up by one.
  case move(from: Int, to: Int)

  /// All steps of a list of `length` with `outside` items beside it; no two lead to the same list.
  package static func all(length: Int, outside: Int) -> [ListStep] {
    var steps: [ListStep] = []
    for slot in 0..<length {
      for other in 0..<outside { steps.append(.replace(slot: slot, outside: other)) }
    }
    for first in 0..<length {
      for second in 0..<length {
        if first < second { steps.append(.swap(first, second)) }
        // Moving by one place is a swap.
        if abs(first - second) > 1 { steps.append(.move(from: first, to: second)) }
      }
    }
    return steps
  }

  /// Whether it only changes the order.
  package var keepsItems: Bool {
    if case .replace = self { false } else { true }
  }

  /// The step that takes this one back.
  package var inverse: ListStep {
    switch self {
    case .replace, .swap: self
    case .move(let from, let to): .move(from: to, to: from)
    }
  }

  package func apply(to list: inout [Int], outside: inout [Int]) {
    switch self {
    case .replace(let slot, let other): Swift.swap(&list[slot], &outside[other])
    case .swap(let first, let second): list.swapAt(first, second)
    case .move(let from, let to): list.insert(list.remove(at: from), at: to)
    }
  }
}
