import Sessions

extension ObjectiveSet {
  /// The weights by which a batch of lists is rewarded: those of utilities with a gate are 0 where the lists
  /// together hold the gate's share already. The policy is asked with the given weights all the same.
  ///
  /// - Parameters:
  ///   - weights: per request: `[B][W]`.
  ///   - lists: candidate indices.
  ///   - requests: of each list.
  ///   - columns: per request, in the order of `columns`: `[B][C][M]`.
  package func gated(
    _ weights: [[Float]], lists: [[Int]], requests: [Int], columns: [[[Float]]]
  ) -> [[Float]] {
    precondition(
      lists.count == requests.count, "\(lists.count) lists of \(requests.count) requests")
    var closed: [Int] = []
    for (place, term) in terms.enumerated() {
      guard case .rule(let rule, let column, _) = term, let gate = rule.gate else { continue }
      let places = lists.reduce(0) { $0 + $1.count }
      let flags = zip(lists, requests).reduce(Float(0)) { sum, list in
        sum + columns[list.1][column].total(over: list.0)
      }
      if places > 0, flags >= gate * Float(places) { closed.append(place) }
    }
    guard !closed.isEmpty else { return weights }
    return weights.map { own in
      var own = own
      for place in closed { own[place] = 0 }
      return own
    }
  }
}
