import Features
package import OfflineEvaluation

/// The order that came in: candidates by one number of theirs, highest first, ties by index.
package struct UpstreamOrder: ListMethod {
  /// Place among `layout.item.numbers`.
  package let feature: Int

  package init(feature: Int) {
    self.feature = feature
  }

  package func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]] {
    requests.lengths.enumerated().map { b, length in
      Array(order(requests.batch, request: b).prefix(length))
    }
  }

  /// All candidates of a request, highest number first.
  func order(_ batch: RequestBatch, request b: Int) -> [Int] {
    let width = batch.item.rows == 0 ? 0 : batch.item.numbers.count / batch.item.rows
    let first = batch.offsets[b]
    precondition(
      (0..<width).contains(feature) || batch.candidateCount(b) == 0,
      "number \(feature) of items that have \(width)")
    let numbers = (0..<batch.candidateCount(b)).map {
      batch.item.numbers[(first + $0) * width + feature]
    }
    return numbers.indices.sorted {
      numbers[$0] > numbers[$1] || numbers[$0] == numbers[$1] && $0 < $1
    }
  }
}
