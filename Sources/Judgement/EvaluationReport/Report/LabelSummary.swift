/// What the logged feedback itself says of a policy, without any model: the policy re-orders the
/// items that were shown, and chooses half of them.
///
/// One summary is about one binary feedback kind, with the policy at the weights of the one
/// objective that predicts it. Intervals are bootstrap intervals over users.
package struct LabelSummary: Codable, Sendable, Equatable {
  /// The objective that had all the weight.
  package let objective: String
  /// Held-out sessions with this feedback and at least two shown items; all of them count for the
  /// choice.
  package let sessions: Int
  /// Those of them whose items differ in their labels; only these say anything about an order.
  package let orderedSessions: Int
  /// Users of `sessions`.
  package let users: Int
  /// Shown items per session, mean.
  package let shown: Double
  /// k of NDCG@k.
  package let depth: Int
  /// Mean label of each slot as a share of the first slot's, at least 0.1, from the top down; nil
  /// when the first slot never got this feedback, and then nothing is corrected.
  package let slotRates: [Double]?
  /// Training sessions that the baselines were chosen and fitted on; 0 when none were at hand.
  package let trainingSessions: Int
  /// The policy first.
  package let methods: [LabelMethod]

  /// NDCG@k of the policy; nil when no session has labels that differ. The figures from here on
  /// repeat parts of `methods` under short names.
  package let ndcg: Double?
  /// MAP of the policy.
  package let map: Double?
  /// Mean label of the items that the policy chose.
  package let chosen: Double?
  /// Lower end of the interval of the policy's lead in NDCG@k over the logged order.
  package let overLogged: Double?
  /// The same over a random order.
  package let overRandom: Double?
  /// The same over the best single upstream score.
  package let overScore: Double?
  /// The same over the order of items by the training evaluators.
  package let overEvaluators: Double?
  /// The same over the logistic regression.
  package let overLinear: Double?

  enum CodingKeys: String, CodingKey {
    case objective, sessions, users, shown, depth, methods, ndcg, map, chosen
    case orderedSessions = "ordered_sessions"
    case slotRates = "slot_rates"
    case trainingSessions = "training_sessions"
    case overLogged = "over_logged"
    case overRandom = "over_random"
    case overScore = "over_score"
    case overEvaluators = "over_evaluators"
    case overLinear = "over_linear"
  }

  package init(
    objective: String, sessions: Int, orderedSessions: Int, users: Int, shown: Double, depth: Int,
    slotRates: [Double]?, trainingSessions: Int, methods: [LabelMethod]
  ) {
    func figure(_ method: LabelMethod.Kind, _ measure: LabelMeasure) -> LabelFigure? {
      methods.first { $0.kind == method }?[measure]
    }
    self.objective = objective
    self.sessions = sessions
    self.orderedSessions = orderedSessions
    self.users = users
    self.shown = shown
    self.depth = depth
    self.slotRates = slotRates
    self.trainingSessions = trainingSessions
    self.methods = methods
    ndcg = figure(.policy, .ndcg)?.mean
    map = figure(.policy, .map)?.mean
    chosen = figure(.policy, .chosen)?.mean
    overLogged = figure(.logged, .ndcg)?.leadLow
    overRandom = figure(.random, .ndcg)?.leadLow
    overScore = figure(.score, .ndcg)?.leadLow
    overEvaluators = figure(.evaluators, .ndcg)?.leadLow
    overLinear = figure(.linear, .ndcg)?.leadLow
  }
}

/// Someone who orders the shown items, and how well.
package struct LabelMethod: Codable, Sendable, Equatable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// What is judged.
    case policy
    /// The order in which the items were shown.
    case logged
    /// The expectation over all orders.
    case random
    /// The single number of the items that orders best.
    case score
    /// Items by the feedback that the training evaluators expect, averaged over places.
    case evaluators
    /// A logistic regression on the features of single items.
    case linear
  }

  package let kind: Kind
  /// Which number of the items, and its direction; nil for all but `score`.
  package let detail: String?
  /// By the names of `LabelMeasure`; what is not defined is absent.
  package let measures: [String: LabelFigure]

  package init(kind: Kind, detail: String? = nil, measures: [LabelMeasure: LabelFigure]) {
    self.kind = kind
    self.detail = detail
    self.measures = Dictionary(uniqueKeysWithValues: measures.map { ($0.rawValue, $1) })
  }

  package subscript(measure: LabelMeasure) -> LabelFigure? { measures[measure.rawValue] }
}

/// How an order or a choice of shown items is graded by their labels.
package enum LabelMeasure: String, Sendable, CaseIterable {
  /// NDCG@k.
  case ndcg
  /// Average precision over all shown items.
  case map
  /// NDCG@k where a label in slot t counts 1 / p_t.
  case correctedNDCG = "corrected_ndcg"
  /// Mean label of the chosen half.
  case chosen
  /// The same where a label in slot t counts 1 / p_t.
  case correctedChosen = "corrected_chosen"

  /// Whether it needs labels that differ.
  package var isOfOrder: Bool { self == .ndcg || self == .map || self == .correctedNDCG }
  /// Whether labels are weighted by the slots they were earned in.
  package var isCorrected: Bool { self == .correctedNDCG || self == .correctedChosen }
}

/// A mean over sessions, and how far the policy is ahead of it on the same sessions.
package struct LabelFigure: Codable, Sendable, Equatable {
  package let mean: Double
  /// Bootstrap interval over users; nil for a single user.
  package let low: Double?
  package let high: Double?
  /// The policy's mean minus this one, with its own paired interval; nil for the policy itself.
  package let lead: Double?
  package let leadLow: Double?
  package let leadHigh: Double?

  enum CodingKeys: String, CodingKey {
    case mean, low, high, lead
    case leadLow = "lead_low"
    case leadHigh = "lead_high"
  }

  package init(
    mean: Double, low: Double? = nil, high: Double? = nil, lead: Double? = nil,
    leadLow: Double? = nil, leadHigh: Double? = nil
  ) {
    self.mean = mean
    self.low = low
    self.high = high
    self.lead = lead
    self.leadLow = leadLow
    self.leadHigh = leadHigh
  }
}
