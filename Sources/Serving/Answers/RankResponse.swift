import Sessions

/// The list, and what it was made with.
public struct RankResponse: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    public var id: String
    /// Position in the request's items, from 0.
    public var index: Int
    /// Position in the list, from 1.
    public var position: Int
    /// Of the item at its position given the ones above it, under the policy, natural logarithm.
    public var logProbability: Double

    public init(id: String, index: Int, position: Int, logProbability: Double) {
      self.id = id
      self.index = index
      self.position = position
      self.logProbability = logProbability
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
  public var utilities: [Utility]
  public var reward: Double
  public var model: String
  public var version: String
  public var requestID: String?
  /// Filled by whoever calls the ranker.
  public var tookMilliseconds: Double

  public init(
    items: [Item], weights: [Weight], utilities: [Utility], reward: Double, model: String,
    version: String, requestID: String? = nil, tookMilliseconds: Double = 0
  ) {
    self.items = items
    self.weights = weights
    self.utilities = utilities
    self.reward = reward
    self.model = model
    self.version = version
    self.requestID = requestID
    self.tookMilliseconds = tookMilliseconds
  }

  public var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("items", .array(items.map(\.json))),
      ("weights", .object(weights.map { ($0.name, .number($0.effective)) })),
      ("utilities", .object(utilities.map { ($0.name, .number($0.value)) })),
      ("reward", .number(reward)),
      ("model", .string(model)),
      ("version", .string(version)),
    ]
    if let requestID { members.append(("request_id", .string(requestID))) }
    members.append(("took_ms", .number(roundedMilliseconds)))
    return .object(members)
  }

  /// Microseconds are as fine as anyone reads them.
  var roundedMilliseconds: Double { (tookMilliseconds * 1000).rounded() / 1000 }
}

extension RankResponse.Item {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "index": .number(Double(index)), "position": .number(Double(position)),
      "log_probability": .number(logProbability),
    ]
  }
}
