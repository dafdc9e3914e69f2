extension PolicyStage {
  /// Everything beside tensors that the next step depends on.
  struct State: Sendable {
    /// Fresh starts after a collapse.
    var attempt = 0
    /// Steps done in this attempt.
    var step = 0
    /// Steps done over all attempts.
    var loggedSteps = 0
    var health = HealthWatch.State()
    var optimiserStep = 0
    /// Gain that a policy has to exceed to be the best, by the judge; nil for any.
    var bestGain: Double?
    /// Hearings whose policy would have been best but for the labels or the judge's little skill.
    var passedOver: [PassedOver] = []
    /// What the family's trainer keeps, by name; beside the other keys in the file.
    var memory: [String: Double] = [:]
  }
}

extension PolicyStage.State: Codable {
  private struct Key: CodingKey, Hashable {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }

    static let attempt = Key("attempt")
    static let step = Key("step")
    static let loggedSteps = Key("tick")
    static let health = Key("health")
    static let optimiserStep = Key("optimiser_step")
    static let bestGain = Key("best_gain")
    static let passedOver = Key("passed_over")
    static let own: Set = [
      attempt, step, loggedSteps, health, optimiserStep, bestGain, passedOver,
    ]
  }

  init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: Key.self)
    attempt = try keys.decode(Int.self, forKey: .attempt)
    step = try keys.decode(Int.self, forKey: .step)
    loggedSteps = try keys.decode(Int.self, forKey: .loggedSteps)
    health = try keys.decode(HealthWatch.State.self, forKey: .health)
    optimiserStep = try keys.decode(Int.self, forKey: .optimiserStep)
    bestGain = try keys.decodeIfPresent(Double.self, forKey: .bestGain)
    passedOver = try keys.decodeIfPresent([PassedOver].self, forKey: .passedOver) ?? []
    for key in keys.allKeys where !Key.own.contains(key) {
      memory[key.stringValue] = try keys.decode(Double.self, forKey: key)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: Key.self)
    try keys.encode(attempt, forKey: .attempt)
    try keys.encode(step, forKey: .step)
    try keys.encode(loggedSteps, forKey: .loggedSteps)
    try keys.encode(health, forKey: .health)
    try keys.encode(optimiserStep, forKey: .optimiserStep)
    try keys.encodeIfPresent(bestGain, forKey: .bestGain)
    if !passedOver.isEmpty { try keys.encode(passedOver, forKey: .passedOver) }
    for (name, value) in memory { try keys.encode(value, forKey: Key(name)) }
  }
}
