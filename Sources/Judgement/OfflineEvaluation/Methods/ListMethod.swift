package import Features

/// What a method is asked: requests, how long their lists are, and what was shown to them.
package struct MethodRequests: Sendable {
  /// B requests, encoded.
  package let batch: RequestBatch
  /// List length per request, at most its candidates.
  package let lengths: [Int]
  /// The list that was shown, per request.
  package let logged: [[Int]]
  /// Number of the first request among all that are asked about; names random streams.
  package let firstRequest: Int

  package init(batch: RequestBatch, lengths: [Int], logged: [[Int]], firstRequest: Int) {
    precondition(
      lengths.count == batch.requestCount && logged.count == batch.requestCount,
      "\(batch.requestCount) requests with \(lengths.count) lengths and \(logged.count) lists")
    precondition(
      lengths.indices.allSatisfy { (0...batch.candidateCount($0)).contains(lengths[$0]) },
      "lists of \(lengths) from candidates at offsets \(batch.offsets)")
    self.batch = batch
    self.lengths = lengths
    self.logged = logged
    self.firstRequest = firstRequest
  }

  /// Lists as long as those that were shown.
  package init(_ sessions: [EncodedSession], firstRequest: Int) {
    self.init(
      batch: RequestBatch(sessions.map(\.request)), lengths: sessions.map(\.shown.count),
      logged: sessions.map { $0.shown.map { Int($0) } }, firstRequest: firstRequest)
  }
}

/// Anything that writes one list per request for given weights.
package protocol ListMethod: Sendable {
  /// - Parameter weights: w, in the order of the objectives, >= 0 and summing to 1.
  /// - Returns: per request `lengths[b]` distinct candidate indices from the top down; what a
  ///   method without steering writes does not depend on the weights.
  func lists(for requests: MethodRequests, weights: [Float]) -> [[Int]]
}
