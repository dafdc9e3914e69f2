/// What was kept of a request's candidates, and why the others were not.
package struct SelectedCandidates: Sendable, Equatable {
  /// Why a candidate was left out.
  package enum Reason: String, Sendable, CaseIterable {
    /// Too many have a higher score.
    case score
    /// A cap holds for its group.
    case cap
    /// Its place went to an item that a floor wants.
    case floor
    /// Its place went to an item that has to be kept.
    case required
    /// It is too much like others.
    case likeness
  }

  /// How many were left out by one rule.
  package struct Cut: Sendable, Equatable {
    package var reason: Reason
    /// Feature of the quota, for `cap`.
    package var feature: String?
    package var count: Int

    package init(_ reason: Reason, of feature: String? = nil, count: Int) {
      self.reason = reason
      self.feature = feature
      self.count = count
    }
  }

  /// A quota that could not be kept, and by how many items.
  package struct Miss: Sendable, Equatable {
    package var feature: String
    package var items: Int

    package init(of feature: String, items: Int) {
      self.feature = feature
      self.items = items
    }
  }

  /// How many there were to choose from.
  package var open = 0
  /// Candidate indices, ascending.
  package var kept: [Int] = []
  /// Of the others, in the order of `Reason` and of the quotas; none counts 0.
  package var cut: [Cut] = []
  /// Caps that are exceeded, since too few items would be left otherwise.
  package var loosened: [Miss] = []
  /// Floors that are not reached, since there are too few such items or caps stand in the way.
  package var short: [Miss] = []
}
