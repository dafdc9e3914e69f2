package import Features

/// Several evaluators of the same shape, and what they agree on.
package struct EvaluatorEnsemble: Sendable {
  package var members: [Evaluator]
  /// c in `mean - c * standard deviation`.
  package var pessimism: Float

  package init(members: [Evaluator], pessimism: Float) {
    precondition(!members.isEmpty, "an ensemble has at least one member")
    self.members = members
    self.pessimism = pessimism
  }

  package var heads: [EvaluatorHead] { members[0].heads }

  /// Mean over the members less `pessimism` (or the given) standard deviations of what they expect of
  /// the whole list, an equal part of it in each slot; a probability not below 0:
  /// `[list][head][slot]`.
  ///
  /// The list's sum is what is uncertain and what a utility counts: where members differ in single
  /// slots but agree on the list, nothing is taken away.
  package func predict(
    _ batch: RequestBatch, _ lists: ListBatch, pessimism c: Float? = nil
  ) -> [[[Float]]] {
    let c = c ?? pessimism
    let all = members.map { $0.predict(batch, lists) }
    if all.count == 1 { return all[0] }
    let count = Float(all.count)
    return lists.lists.indices.map { l in
      heads.indices.map { h in
        let sums = all.map { $0[l][h].reduce(0, +) }
        let mean = sums.reduce(0, +) / count
        let squares = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let penalty = c * (squares / count).squareRoot() / Float(max(1, all[0][l][h].count))
        return all[0][l][h].indices.map { t in
          let low = all.reduce(0) { $0 + $1[l][h][t] } / count - penalty
          return heads[h].kind == .binary ? max(0, low) : low
        }
      }
    }
  }

  /// The same, only for the named heads, in the order of the names.
  package func predict(
    _ batch: RequestBatch, _ lists: ListBatch, feedback: [String], pessimism: Float? = nil
  ) -> [[[Float]]] {
    if feedback.isEmpty { return lists.lists.map { _ in [] } }
    let places = feedback.map { name in
      guard let place = heads.firstIndex(where: { $0.feedback == name }) else {
        preconditionFailure("no head predicts '\(name)'")
      }
      return place
    }
    return predict(batch, lists, pessimism: pessimism).map { list in places.map { list[$0] } }
  }
}
