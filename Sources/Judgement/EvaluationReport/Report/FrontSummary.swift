/// The mean utilities that the probes reach, as points in the space of the objectives.
package struct FrontSummary: Codable, Sendable, Equatable {
  /// Volume of the region between the reference and the points, in units of the objectives' scales
  /// multiplied with each other; nil for more objectives than can be computed.
  package let hypervolume: Double?
  /// By objective, raw units: the lowest of the probes' means and the logged lists' mean.
  package let reference: [String: Double]
  /// Share of the probes whose mean utilities no other probe's dominate.
  package let nonDominatedShare: Double
  /// Places of these probes.
  package let nonDominated: [Int]

  package init(
    hypervolume: Double?, reference: [String: Double], nonDominatedShare: Double,
    nonDominated: [Int]
  ) {
    self.hypervolume = hypervolume
    self.reference = reference
    self.nonDominatedShare = nonDominatedShare
    self.nonDominated = nonDominated
  }

  enum CodingKeys: String, CodingKey {
    case hypervolume, reference
    case nonDominatedShare = "non_dominated_share"
    case nonDominated = "non_dominated"
  }
}

/// Whether a list made for w is the right one for w: at weights drawn anew for the evaluation,
/// what it costs to be served the lists that were made for another w'.
///
/// `loss = mean R_w(L_w) - mean R_w(L_w')` over all ordered pairs, by the distance of w and w'.
/// Faithful control never loses on average, and loses more the farther the weights are apart.
package struct FidelityCurve: Codable, Sendable, Equatable {
  /// Weights drawn.
  package let weights: Int
  /// Share of pairs where the list made for w earns at least as much under w as that made for w'.
  package let ownIsBest: Double
  /// In order of distance.
  package let points: [Point]

  package init(weights: Int, ownIsBest: Double, points: [Point]) {
    self.weights = weights
    self.ownIsBest = ownIsBest
    self.points = points
  }

  package struct Point: Codable, Sendable, Equatable {
    /// Mean of `sum_i |w_i - w'_i| / 2` of the pairs, 0...1.
    package let distance: Double
    /// Mean loss in reward units.
    package let loss: Double
    /// Pairs in the bin.
    package let pairs: Int

    package init(distance: Double, loss: Double, pairs: Int) {
      self.distance = distance
      self.loss = loss
      self.pairs = pairs
    }
  }

  enum CodingKeys: String, CodingKey {
    case weights, points
    case ownIsBest = "own_is_best"
  }
}
