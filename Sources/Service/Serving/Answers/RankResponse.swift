package import CandidateSelection
import JSON
import Sessions

/// The list, and what it was made with.
package struct RankResponse: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var id: String
    /// Position in the request's items, from 0.
    package var index: Int
    /// Position in the list, from 1.
    package var position: Int
    /// Of the item at its position given the ones above it, under the policy, natural logarithm; nil
    /// where no policy placed it.
    package var logProbability: Double?
    /// The exact chance with which the service placed it here given the ones above it; nil where
    /// that is not known, since the list was picked from several.
    package var propensity: Double?
    /// Channel of an insert in a mixed feed; nil for an organic item, and in other lists.
    package var channel: String?

    package init(
      id: String, index: Int, position: Int, logProbability: Double? = nil,
      propensity: Double? = nil, channel: String? = nil
    ) {
      self.id = id
      self.index = index
      self.position = position
      self.logProbability = logProbability
      self.propensity = propensity
      self.channel = channel
    }
  }

  package struct Weight: Sendable, Equatable {
    package var name: String
    package var effective: Double

    package init(name: String, effective: Double) {
      self.name = name
      self.effective = effective
    }
  }

  package struct Utility: Sendable, Equatable {
    package var name: String
    /// Predicted, in the objective's own units.
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// Which behaviours of the user the list was made with.
  package struct History: Sendable, Equatable {
    package enum Source: String, Sendable, CaseIterable {
      /// Those that the request brought.
      case request
      /// Those that the service remembers.
      case service
      /// Nobody knew any.
      case none
      /// The service could not ask where it keeps them.
      case unavailable
    }

    package var source: Source
    package var behaviours: Int

    init(_ source: Source, _ behaviours: Int) {
      self.source = source
      self.behaviours = behaviours
    }
  }

  /// From the top of the list down.
  package var items: [Item]
  package var weights: [Weight]
  /// Empty for a fallback, which no evaluator saw.
  package var utilities: [Utility]
  package var reward: Double?
  package var model: String
  package var version: String
  package var origin: ListOrigin
  /// Who chose w; filled by whoever calls the ranker.
  package var steering: AppliedSteering?
  /// nil where the model reads no history; filled by whoever calls the ranker.
  package var history: History?
  /// What the model got to see; nil where it saw all; filled by whoever calls the ranker.
  package var candidates: SelectedCandidates?
  package var requestID: String?
  /// Filled by whoever calls the ranker.
  package var tookMilliseconds: Double

  package init(
    items: [Item], weights: [Weight], utilities: [Utility], reward: Double?, model: String,
    version: String, origin: ListOrigin = ListOrigin(.greedy), requestID: String? = nil,
    tookMilliseconds: Double = 0
  ) {
    self.items = items
    self.weights = weights
    self.utilities = utilities
    self.reward = reward
    self.model = model
    self.version = version
    self.origin = origin
    self.requestID = requestID
    self.tookMilliseconds = tookMilliseconds
  }

  /// Microseconds are as fine as anyone reads them.
  var roundedMilliseconds: Double { (tookMilliseconds * 1000).rounded() / 1000 }
}
