import Statistics

/// What an evaluation found, as figures without any wording; renderers turn it into text and pages.
///
/// Shares lie in 0...1, utilities are in raw units, rewards in units of the objectives' scales.
/// A figure that is not defined is nil, never NaN.
public struct EvaluationReport: Codable, Sendable, Equatable {
  /// Held-out requests, each evaluated at every probe.
  public let requests: Int
  /// Distinct users among them.
  public let users: Int
  /// Positions of a list.
  public let listLength: Int?
  /// Names, in the order of every k-vector.
  public let objectives: [String]
  /// s_i of `R_w(L) = sum_i w_i * U_i(L) / s_i`, [k].
  public let scales: [Double]
  /// Share of resampled values that an interval holds.
  public let confidenceLevel: Double
  public let bootstrapSamples: Int
  public let probes: [ProbeResult]
  /// Over the probes; nil when no request was evaluated.
  public let betterPercentage: BetterSummary?
  public let control: ControlSummary
  /// Nil without a probe.
  public var front: FrontSummary?
  /// Nil when no unseen weights were drawn.
  public var fidelity: FidelityCurve?
  /// Nil when the attainable was not searched.
  public var attainment: AttainmentSummary?
  public var examples: ExampleSet?
  /// Nil when no objective predicts what makes an item relevant.
  public var classic: ClassicSummary?
  /// Nil for a checkpoint without a judge.
  public var judge: JudgeSummary?
  /// Nil where the truth is not known, as with all real logs.
  public let world: WorldSummary?
  public var evaluator: EvaluatorSummary?
  public var provenance: Provenance

  enum CodingKeys: String, CodingKey {
    case requests, users, objectives, scales, probes, control, front, fidelity
    case attainment, classic, examples, judge, world, evaluator, provenance
    case listLength = "list_length"
    case confidenceLevel = "confidence_level"
    case bootstrapSamples = "bootstrap_samples"
    case betterPercentage = "better_percentage"
  }

  package init(
    requests: Int, users: Int, listLength: Int?, objectives: [String], scales: [Double],
    confidenceLevel: Double, bootstrapSamples: Int, probes: [ProbeResult],
    betterPercentage: BetterSummary?, control: ControlSummary, front: FrontSummary? = nil,
    fidelity: FidelityCurve? = nil, attainment: AttainmentSummary? = nil,
    examples: ExampleSet? = nil, classic: ClassicSummary? = nil, judge: JudgeSummary? = nil,
    world: WorldSummary?, evaluator: EvaluatorSummary? = nil, provenance: Provenance
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
    self.fidelity = fidelity
    self.attainment = attainment
    self.examples = examples
    self.classic = classic
    self.judge = judge
    self.world = world
    self.evaluator = evaluator
    self.provenance = provenance
  }
}
