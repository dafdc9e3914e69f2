import Foundation
import Sessions

/// A fitted sequence made ready for encoding.
struct HistoryEncoder: Sendable {
  let history: FittedHistory
  private let action: SideEncoder

  init(_ history: FittedHistory) {
    self.history = history
    action = SideEncoder(history.action)
  }

  /// The newest behaviours of the sequence's types. A row depends on the behaviours before it only
  /// through the time of the last of them, so that one more behaviour is one more row.
  ///
  /// - Parameters:
  ///   - before: the time of the behaviour before the first; nil for none.
  ///   - items: encodes the items of candidates.
  func encode(
    _ behaviours: [Behaviour], after before: Double? = nil, items: SideEncoder
  ) -> EncodedHistory {
    let own = behaviours.filter { history.types.contains($0.type) }
    let kept = own.suffix(history.length)
    let newest = behaviours.reduce(-Double.infinity) { max($0, $1.time) }
    var before = own.dropLast(kept.count).last?.time ?? before
    var numbers: [[Float]] = []
    for behaviour in kept {
      let gap = before.map { EncodedHistory.scaled(seconds: behaviour.time - $0) } ?? 0
      let place = behaviour.position.map { Float(log2(Double(max(1, $0)))) / 4 } ?? 0
      let kinds: [Float] =
        history.types.count > 1 ? history.types.map { $0 == behaviour.type ? 1 : 0 } : []
      numbers.append([gap, place] + kinds)
      before = behaviour.time
    }
    var side = action.encode(kept.map { Candidate(id: "", features: $0.action) })
    let width = action.width
    side.numbers = numbers.enumerated().flatMap { row, own in
      side.numbers[row * width..<(row + 1) * width] + own
    }
    return EncodedHistory(
      item: items.encode(kept.map(\.item), compares: false), action: side,
      ages: kept.map { EncodedHistory.scaled(seconds: newest - $0.time) })
  }
}
