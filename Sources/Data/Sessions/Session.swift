/// One candidate item of a request.
public struct Candidate: Sendable, Equatable {
  public var id: String
  public var features: FeatureMap

  public init(id: String, features: FeatureMap = [:]) {
    self.id = id
    self.features = features
  }
}

/// Who asked.
public struct User: Sendable, Equatable {
  public var id: String
  public var features: FeatureMap

  public init(id: String, features: FeatureMap = [:]) {
    self.id = id
    self.features = features
  }
}

/// What a ranking stage is handed: a user, a context and m candidates, in no meaningful order.
public struct Request: Sendable, Equatable {
  public var id: String
  public var user: User
  public var context: FeatureMap
  public var candidates: [Candidate]
  /// What the user saw and did before, oldest first; empty where nothing is known.
  public var history: [Behaviour]

  public init(
    id: String, user: User, context: FeatureMap = [:], candidates: [Candidate],
    history: [Behaviour] = []
  ) {
    self.id = id
    self.user = user
    self.context = context
    self.candidates = candidates
    self.history = history
  }
}

/// A request, the list that was shown for it and the feedback that list got.
public struct Session: Sendable, Equatable {
  public var request: Request
  /// Seconds since 1970-01-01 UTC.
  public var time: Double
  /// Indices into `request.candidates`, distinct, from the top of the list down.
  public var shown: [Int]
  /// One array along `shown` per feedback kind (`click`: 0 or 1 or a count; `dwell`: seconds); NaN where
  /// nothing is known, such as below the place at which the user left.
  public var feedback: [String: [Float]]
  /// Chance of each shown item in its place under the logging policy, along `shown`.
  public var propensity: [Float]?
  /// What the list was restricted to before it was chosen; nil where nothing is recorded.
  public var masks: ListMasks?

  /// Whether every candidate was shown, so that the list tells of an order and of no choice.
  package var showsAll: Bool { shown.count == request.candidates.count }

  public init(
    request: Request, time: Double, shown: [Int], feedback: [String: [Float]],
    propensity: [Float]? = nil, masks: ListMasks? = nil
  ) {
    self.request = request
    self.time = time
    self.shown = shown
    self.feedback = feedback
    self.propensity = propensity
    self.masks = masks
  }
}
