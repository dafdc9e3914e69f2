package import Features
import Objectives
package import RandomStreams
import Sessions

/// A layout with a little of everything: numbers, a categorical and a bag per item.
package func tinyLayout(history: Bool = false) -> FeatureLayout {
  FeatureLayout(
    item: SideLayout(
      numbers: ["quality", "age"],
      categoricals: [CategoricalField(name: "shop", rows: 6, dimension: 3)],
      bags: [CategoricalField(name: "tags", rows: 5, dimension: 2)]),
    user: SideLayout(
      numbers: ["taste"], categoricals: [CategoricalField(name: "group", rows: 4, dimension: 2)]),
    context: SideLayout(numbers: ["hour"]), columns: tinyObjectives.columns,
    feedback: ["click"],
    history: !history
      ? []
      : ["click", "exposure"].map { name in
        HistoryLayout(
          name: name, types: [name], length: 4,
          action: SideLayout(
            numbers: ["dwell", ":gap", ":position"],
            categoricals: [CategoricalField(name: "way", rows: 4, dimension: 2)]))
      })
}

/// Requests with the given numbers of candidates.
package func tinyRequests(
  seed: UInt64, candidates: [Int], history: Bool = false
) -> [EncodedRequest] {
  var stream = RandomStream(seed: seed, "tiny requests")
  return candidates.map { stream.request(tinyLayout(history: history), candidates: $0) }
}

extension RandomStream {
  /// A request with the given number of candidates, all of its features drawn.
  package mutating func request(_ layout: FeatureLayout, candidates: Int) -> EncodedRequest {
    EncodedRequest(
      item: side(layout.item, rows: candidates), user: side(layout.user, rows: 1),
      context: side(layout.context, rows: 1),
      columns: layout.columns.map { column in
        (0..<candidates).map { _ in
          switch column.kind {
          case .number: Float(normal())
          case .flag: Float(below(2))
          case .group: Float(below(3))
          }
        }
      },
      history: layout.history.map { sequence in
        let rows = below(sequence.length + 1)
        return EncodedHistory(
          item: side(layout.item, rows: rows), action: side(sequence.action, rows: rows),
          ages: (0..<rows).map { Float(rows - $0) / 10 })
      })
  }

  private mutating func side(_ layout: SideLayout, rows: Int) -> EncodedSide {
    var side = EncodedSide(rows: rows)
    if !layout.bags.isEmpty { side.bagOffsets = [0] }
    for _ in 0..<rows {
      side.numbers += layout.numbers.map { _ in Float(normal()) }
      side.indices += layout.categoricals.map { Int32(below($0.rows)) }
      for bag in layout.bags {
        side.bagIndices += (0..<below(3)).map { _ in Int32(below(bag.rows)) }
        side.bagOffsets.append(Int32(side.bagIndices.count))
      }
    }
    return side
  }
}

extension EncodedRequest {
  /// The same request with candidate `order[i]` in place i.
  package func reordered(_ order: [Int]) -> EncodedRequest {
    EncodedRequest(
      item: item.selecting(order.map { Int32($0) }), user: user, context: context,
      columns: columns.map { column in order.map { column[$0] } }, history: history)
  }
}

/// Every ordered list of `length` of `candidates` candidates, in lexical order.
package func allLists(candidates: Int, length: Int) -> [[Int]] {
  (0..<length).reduce([[]]) { lists, _ in
    lists.flatMap { list in
      (0..<candidates).filter { !list.contains($0) }.map { list + [$0] }
    }
  }
}

/// Largest distance of two arrays' entries; infinite for different lengths and for NaN.
package func distance(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}
