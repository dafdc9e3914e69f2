package import CandidateSelection
package import ListPolicy
package import ListRules
package import Sessions
package import Steering

/// One question: these candidates, for this user, in which order?
package struct RankRequest: Sendable, Equatable {
  /// An item that must stand at a position, counted from 1.
  package struct Pin: Sendable, Equatable {
    package var id: String
    package var position: Int

    package init(id: String, position: Int) {
      self.id = id
      self.position = position
    }
  }

  package var requestID: String?
  package var user: User
  package var context: FeatureMap
  package var items: [Candidate]
  /// What the user saw and did before, oldest first.
  package var history: [Behaviour] = []
  /// Length of the list; set once resolved.
  package var size: Int?
  /// By objective. Once resolved: one for each objective of the model, summing to 1.
  package var weights: [String: Double]?
  /// Weights by the name that the service gives them; excludes `weights`.
  package var preset: String?
  package var pins: [Pin]
  /// Items that must not be in the list; ids that are no items are ignored.
  package var ban: [String]
  /// Items that must be in the list, wherever.
  package var require: [String]
  /// What is asked of the channels of a mixed feed, by name. Once resolved also what the service asks.
  package var channels: [String: ChannelBounds] = [:]
  /// What the request says of the candidates that the model gets to see; nil for nothing.
  package var candidates: SelectionRequest?
  /// nil: the preset's or the configured one. Set once resolved.
  package var strategy: ListStrategy?
  /// Milliseconds after which the fallback is wanted; nil for the configured number.
  package var deadlineMilliseconds: Double?
  /// Nobody will see the list: it is neither logged as a decision nor counted by controllers.
  package var isPreview = false
  /// How the list is to be made; means something once resolved.
  package var plan = RankPlan()

  package init(
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
package struct RankPlan: Sendable, Equatable {
  /// Pins, bans, required items and the rules of the configuration, by candidate index.
  package var placement: PlacementRules?
  /// Pins by slot from 0; bans and required items.
  package var pins: [Int: Int] = [:]
  package var bans: Set<Int> = []
  package var required: Set<Int> = []
  /// What the model gets to see; nil where nothing says that it should see less than all.
  package var selected: SelectedCandidates?
  /// When the fallback is due.
  package var deadline: ContinuousClock.Instant?
  /// For evaluating several lists.
  package var budget: Duration?
  /// Names the draws of this request; equal seeds and requests give equal lists.
  package var seed: UInt64 = 0
  /// Whoever asked, where they can leave before they are answered.
  package var caller: Caller?

  package init() {}

  var isLate: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
  var isAbandoned: Bool { caller?.isGone ?? false }
  /// Whether more work on the list is for nothing; it stays so.
  var isOver: Bool { isLate || isAbandoned }
}

/// Whoever asked for a list.
package final class Caller: Sendable, Equatable {
  private let hasLeft: @Sendable () -> Bool

  /// - Parameter hasLeft: whether nobody waits for the answer any more; asked between steps of the
  ///   work, by any thread. Once it is true, it stays so.
  package init(hasLeft: @escaping @Sendable () -> Bool) { self.hasLeft = hasLeft }

  var isGone: Bool { hasLeft() }

  package static func == (one: Caller, other: Caller) -> Bool { one === other }
}
