import Features
import ItemLabels
import Statistics
import Tensors

/// One number of the items as an order, in one of its directions.
struct UpstreamScore: Sendable, Equatable {
  /// Place among `layout.item.numbers`.
  let feature: Int
  let highestFirst: Bool

  /// The number as it is, or negated where low ones come first: `[n]`.
  func scores(_ request: EncodedRequest) -> [Double] {
    let side = request.item
    let width = side.rows == 0 ? 0 : side.numbers.count / side.rows
    return (0..<side.rows).map { row in
      let value = Double(side.numbers[row * width + feature])
      return highestFirst ? value : -value
    }
  }

  /// `score, highest first`
  func name(_ layout: FeatureLayout) -> String {
    "\(layout.item.numbers[feature]), \(highestFirst ? "highest" : "lowest") first"
  }

  /// The number and the direction with the highest mean NDCG@k over the sessions whose labels
  /// differ, the first of equals; nil without numbers or such sessions.
  static func best(
    _ sessions: [ShownItems], grading: LabelGrading, layout: FeatureLayout, workers: Workers
  ) -> UpstreamScore? {
    let ordered = sessions.filter(grading.isOrdered)
    guard !ordered.isEmpty else { return nil }
    let scores = layout.item.numbers.indices.flatMap { feature in
      [true, false].map { UpstreamScore(feature: feature, highestFirst: $0) }
    }
    let sums = workers.map(scores.count) { place in
      ordered.reduce(0.0) { sum, items in
        let order = ItemOrder(scores: scores[place].scores(items.request)).order
        let labels = items.labels[grading.kind] ?? []
        return sum + (ndcg(order.map { labels[$0] }, at: grading.depth) ?? 0)
      }
    }
    guard let most = sums.max(), let place = sums.firstIndex(of: most) else { return nil }
    return scores[place]
  }
}
