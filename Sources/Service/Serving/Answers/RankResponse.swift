import JSON
import Sessions

/// The list, and what it was made with.
public struct RankResponse: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public var id: String
    /// Position in the request's items, from 0.
    public var index: Int
    /// Position in the list, from 1.
    public var position: Int
    /// Of the item at its position given the ones above it, under the policy, natural logarithm; nil
    /// where no policy placed it.
    public var logProbability: Double?
    /// The exact chance with which the service placed it here given the ones above it; nil where
    /// that is not known, since the list was picked from several.
    public var propensity: Double?

    public init(
      id: String, index: Int, position: Int, logProbability: Double? = nil,
      propensity: Double? = nil
    ) {
      self.id = id
      self.index = index
      self.position = position
      self.logProbability = logProbability
      self.propensity = propensity
    }
  }

  public struct Weight: Sendable, Equatable {
    public var name: String
    public var effective: Double

    public init(name: String, effective: Double) {
      self.name = name
      self.effective = effective
    }
  }

  public struct Utility: Sendable, Equatable {
    public var name: String
    /// Predicted, in the objective's own units.
    public var value: Double

    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// From the top of the list down.
  public var items: [Item]
  public var weights: [Weight]
  /// Empty for a fallback, which no evaluator saw.
  public var utilities: [Utility]
  public var reward: Double?
  public var model: String
  public var version: String
  public var origin: ListOrigin
  /// Who chose w; filled by whoever calls the ranker.
  public var steering: AppliedSteering?
  public var requestID: String?
  /// Filled by whoever calls the ranker.
  public var tookMilliseconds: Double

  public init(
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
