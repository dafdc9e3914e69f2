import ListRules
import Sessions
import Steering

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
  /// Weights by the name that the service gives them; excludes `weights`.
  public var preset: String?
  public var pins: [Pin]
  /// Items that must not be in the list; ids that are no items are ignored.
  public var ban: [String]
  /// Items that must be in the list, wherever.
  public var require: [String]
  /// nil: the preset's or the configured one. Set once resolved.
  public var strategy: ListStrategy?
  /// Milliseconds after which the fallback is wanted; nil for the configured number.
  public var deadlineMilliseconds: Double?
  /// Nobody will see the list: it is neither logged as a decision nor counted by controllers.
  public var isPreview = false
  /// How the list is to be made; means something once resolved.
  public var plan = RankPlan()

  public init(
    requestID: String? = nil, user: User, context: FeatureMap = [:], items: [Candidate],
    size: Int? = nil, weights: [String: Double]? = nil, preset: String? = nil, pins: [Pin] = [],
    ban: [String] = [], require: [String] = [], strategy: ListStrategy? = nil,
    deadlineMilliseconds: Double? = nil
  ) {
    self.requestID = requestID
    self.user = user
    self.context = context
    self.items = items
    self.size = size
    self.weights = weights
    self.preset = preset
    self.pins = pins
    self.ban = ban
    self.require = require
    self.strategy = strategy
    self.deadlineMilliseconds = deadlineMilliseconds
  }
}

/// What the service adds to a request before it is ranked.
public struct RankPlan: Sendable, Equatable {
  /// Pins, bans, required items and the rules of the configuration, by candidate index.
  public var placement: PlacementRules?
  /// Pins by slot from 0; bans and required items.
  public var pins: [Int: Int] = [:]
  public var bans: Set<Int> = []
  public var required: Set<Int> = []
  /// When the fallback is due.
  public var deadline: ContinuousClock.Instant?
  /// For evaluating several lists.
  public var budget: Duration?
  /// Names the draws of this request; equal seeds and requests give equal lists.
  public var seed: UInt64 = 0

  public init() {}

  var isLate: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}
