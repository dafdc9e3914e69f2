import Statistics

/// What an evaluation found, as figures without any wording; renderers turn it into text and pages.
///
/// Shares lie in 0...1, utilities are in raw units, rewards in units of the objectives' scales.
/// A figure that is not defined is nil, never NaN.
package struct EvaluationReport: Codable, Sendable, Equatable {
  /// Held-out requests, each evaluated at every probe.
  package let requests: Int
  /// Distinct users among them.
  package let users: Int
  /// Positions of a list.
  package let listLength: Int?
  /// Share of the requests whose candidates were all shown, so that nothing was chosen; nil in
  /// reports of before it was counted.
  package var allShown: Double?
  /// Names, in the order of every k-vector.
  package let objectives: [String]
  /// How each objective's changes are told; nil in reports of before it was kept.
  package var kinds: [String: UtilityKind]?
  /// s_i of `R_w(L) = sum_i w_i * U_i(L) / s_i`, [k].
  package let scales: [Double]
  /// Share of resampled values that an interval holds.
  package let confidenceLevel: Double
  package let bootstrapSamples: Int
  package let probes: [ProbeResult]
  /// Over the probes; nil when no request was evaluated.
  package let betterPercentage: BetterSummary?
  package let control: ControlSummary
  /// Nil without a probe.
  package var front: FrontSummary?
  /// By `TradeOff.key`, every pair of objectives; nil for a single one, and in reports of before there
  /// were any.
  package var tradeOffs: [String: TradeOff]?
  /// Nil when no unseen weights were drawn.
  package var fidelity: FidelityCurve?
  /// Nil when the attainable was not searched.
  package var attainment: AttainmentSummary?
  package var examples: ExampleSet?
  /// Nil when no objective predicts what makes an item relevant.
  package var classic: ClassicSummary?
  /// By feedback kind; nil when no objective predicts binary feedback that the sessions have, and
  /// in reports of before there were any.
  package var labels: [String: LabelSummary]?
  /// Groups of users by a feature; nil where no feature divides them, and in reports of before there
  /// were any.
  package var segments: [UserSegment]?
  /// Nil for a checkpoint without a judge.
  package var judge: JudgeSummary?
  /// Nil where the sessions of the judge's users are not at hand.
  package var boosted: BoostedSummary?
  /// Nil where the truth is not known, as with all real logs.
  package let world: WorldSummary?
  package var evaluator: EvaluatorSummary?
  package var provenance: Provenance

  enum CodingKeys: String, CodingKey {
    case requests, users, objectives, scales, probes, control, front, fidelity
    case attainment, classic, labels, examples, kinds, segments, judge, boosted, world, evaluator,
      provenance
    case tradeOffs = "trade_offs"
    case listLength = "list_length"
    case allShown = "all_shown"
    case confidenceLevel = "confidence_level"
    case bootstrapSamples = "bootstrap_samples"
    case betterPercentage = "better_percentage"
  }

  package init(
    requests: Int, users: Int, listLength: Int?, objectives: [String], scales: [Double],
    confidenceLevel: Double, bootstrapSamples: Int, probes: [ProbeResult],
    betterPercentage: BetterSummary?, control: ControlSummary, front: FrontSummary? = nil,
    tradeOffs: [String: TradeOff]? = nil, fidelity: FidelityCurve? = nil,
    attainment: AttainmentSummary? = nil,
    examples: ExampleSet? = nil, classic: ClassicSummary? = nil,
    labels: [String: LabelSummary]? = nil, judge: JudgeSummary? = nil, world: WorldSummary?,
    evaluator: EvaluatorSummary? = nil, provenance: Provenance
  ) {
    self.requests = requests
    self.users = users
    self.listLength = listLength
    self.objectives = objectives
    self.scales = scales
    self.confidenceLevel = confidenceLevel
    self.bootstrapSamples = bootstrapSamples
    self.probes = probes
    self.betterPercentage = betterPercentage
    self.control = control
    self.front = front
    self.tradeOffs = tradeOffs
    self.fidelity = fidelity
    self.attainment = attainment
    self.examples = examples
    self.classic = classic
    self.labels = labels
    self.judge = judge
    self.world = world
    self.evaluator = evaluator
    self.provenance = provenance
  }
}
