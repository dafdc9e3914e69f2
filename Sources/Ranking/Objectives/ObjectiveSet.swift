package import Sessions

/// The objectives of a run, in the order of its weights.
package struct ObjectiveSet: Codable, Sendable, Equatable {
  package var objectives: [Objective] {
    didSet { plan = Plan(objectives) }
  }

  /// What follows from the objectives and is needed for every list.
  private var plan: Plan

  /// - Throws: all faults of all entries at once.
  package init(_ configurations: [ObjectiveConfiguration]) throws {
    let faults = ObjectiveSet.validate(configurations)
    guard faults.isEmpty else { throw ObjectivesError(messages: faults) }
    self.init(objectives: try configurations.map { try $0.objective() })
  }

  package init(objectives: [Objective]) {
    self.objectives = objectives
    plan = Plan(objectives)
  }

  /// All faults of the entries, and of the set: empty, or one name twice.
  package static func validate(_ configurations: [ObjectiveConfiguration]) -> [String] {
    var faults = configurations.flatMap { $0.validate() }
    if configurations.isEmpty {
      faults.append("there are none; give at least one, e.g. {name: click, predicted: click}")
    }
    var seen: Set<String> = []
    var twice: Set<String> = []
    for name in configurations.map(\.name) where !seen.insert(name).inserted {
      twice.insert(name)
    }
    return faults
      + twice.sorted().map { "\($0): the name stands more than once; weights need distinct names" }
  }

  /// k
  package var count: Int { objectives.count }

  package var names: [String] { objectives.map(\.name) }

  /// Raw columns that rule utilities read: distinct, in order of first use.
  package var columns: [CandidateColumn] { plan.columns }

  /// What each rule reads, by the key that names it: `objectives.cold_start.share`.
  package var readings: [(key: String, column: CandidateColumn)] {
    objectives.compactMap { objective in
      guard case .rule(let rule) = objective.definition else { return nil }
      let key = "objectives.\(objective.name).\(type(of: rule.utility).key)"
      return (key, rule.utility.column)
    }
  }

  /// Feedback kinds that predicted utilities need: distinct, in order of first use.
  package var feedback: [String] { plan.feedback }

  /// Local-context features per candidate, over all rule utilities.
  package var localWidth: Int { plan.localWidth }

  /// Per objective, its rule or the place of its feedback kind.
  var terms: [Plan.Term] { plan.terms }

  package init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var objectives: [Objective] = []
    while !container.isAtEnd { objectives.append(try container.decode(Objective.self)) }
    self.init(objectives: objectives)
  }

  package func encode(to encoder: any Encoder) throws {
    try objectives.encode(to: encoder)
  }

  package static func == (a: ObjectiveSet, b: ObjectiveSet) -> Bool {
    a.objectives == b.objectives
  }
}
