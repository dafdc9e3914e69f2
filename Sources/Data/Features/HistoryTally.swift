import Sessions
import Statistics

/// What a pass over the training data collects about one sequence of behaviours.
struct HistoryTally: Sendable {
  private let name: String
  private let configuration: HistoryConfiguration
  private let types: [String]
  private var action: SideTally
  private var count = 0
  /// Behaviours of other types, by type.
  private var others: Set<String> = []

  init(_ name: String, _ configuration: HistoryConfiguration, maximumValues: Int) {
    self.name = name
    self.configuration = configuration
    types = configuration.types(named: name)
    action = SideTally(
      "schema.history.\(name).action", configuration.action, includesID: false,
      maximumValues: maximumValues)
  }

  /// Counts the behaviours of a session that an encoding would hold.
  mutating func add(_ history: [Behaviour]) {
    var own: [Behaviour] = []
    for behaviour in history {
      if types.contains(behaviour.type) {
        own.append(behaviour)
      } else if others.count < 100 {
        others.insert(behaviour.type)
      }
    }
    for behaviour in own.suffix(configuration.length) {
      count += 1
      action.add(Candidate(id: "", features: behaviour.action))
    }
  }

  func fit(faults: inout [String]) -> FittedHistory {
    if count == 0 {
      let near = types.compactMap { nearestName(to: $0, among: others) }.first
      let known = others.sorted().joined(separator: ", ")
      faults.append(
        "schema.history.\(name): expected behaviours of type \(types.joined(separator: " or ")) in "
          + "the training sessions, got none; "
          + (near.map { "did you mean \"\($0)\"?" }
            ?? "write histories with 'fader ingest --history', or remove the sequence")
          + " (the sessions have \(known.isEmpty ? "no histories" : known))")
    }
    return FittedHistory(
      name: name, types: types, length: configuration.length, action: action.fit(faults: &faults))
  }
}
