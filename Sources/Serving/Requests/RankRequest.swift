import Sessions

/// One question: these candidates, for this user, in which order?
public struct RankRequest: Sendable, Equatable {
  /// An item that must stand at a position, counted from 1.
  public struct Pin: Sendable, Equatable {
    public var id: String
    public var position: Int

    public init(id: String, position: Int) {
      self.id = id
      self.position = position
    }
  }

  public var requestID: String?
  public var user: User
  public var context: FeatureMap
  public var items: [Candidate]
  /// Length of the list; set once resolved.
  public var size: Int?
  /// By objective. Once resolved: one for each objective of the model, summing to 1.
  public var weights: [String: Double]?
  public var pins: [Pin]
  /// Items that must not be in the list; ids that are no items are ignored.
  public var ban: [String]

  public init(
    requestID: String? = nil, user: User, context: FeatureMap = [:], items: [Candidate],
    size: Int? = nil, weights: [String: Double]? = nil, pins: [Pin] = [], ban: [String] = []
  ) {
    self.requestID = requestID
    self.user = user
    self.context = context
    self.items = items
    self.size = size
    self.weights = weights
    self.pins = pins
    self.ban = ban
  }
}
