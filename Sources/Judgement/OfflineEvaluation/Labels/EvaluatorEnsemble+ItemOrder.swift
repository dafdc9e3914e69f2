import EvaluatorModel
import Features

extension EvaluatorEnsemble {
  /// Lists that one session's items are shown to the evaluators in, at most.
  private static let rotations = 24

  /// The feedback that is expected of each item of a request, averaged over lists of all items
  /// that are turned by one place, or a few, each time: `[M]`.
  ///
  /// With as many lists as items each item stands in each slot once, so that only the item counts.
  func itemExpectations(_ request: EncodedRequest, feedback kind: String) -> [Double] {
    let count = request.candidateCount
    let turns = min(count, Self.rotations)
    let lists = (0..<turns).map { turn in
      (0..<count).map { ($0 + turn * count / turns) % count }
    }
    let predicted = predict(
      RequestBatch([request]), ListBatch(requests: lists.map { _ in 0 }, lists: lists),
      feedback: [kind], pessimism: 0)
    var sums = [Double](repeating: 0, count: count)
    var counts = sums
    for (list, heads) in zip(lists, predicted) {
      for (item, value) in zip(list, heads[0]) {
        sums[item] += Double(value)
        counts[item] += 1
      }
    }
    return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
  }
}
