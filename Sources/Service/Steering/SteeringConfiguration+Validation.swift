package import ConfigurationFields
import Foundation

extension SteeringConfiguration {
  /// Everything that is wrong, in the order of the section; names of presets sorted.
  ///
  /// - Parameter objectives: the model's, when one is at hand.
  package func faults(objectives: [String]?) -> [ConfigurationFault] {
    faults() + (objectives.map { faults(knowing: $0) } ?? [])
  }

  /// Objectives that are named and that the model does not have.
  package func faults(knowing objectives: [String]) -> [ConfigurationFault] {
    var named: [(key: String, name: String)] = []
    for (name, preset) in presets.sorted(by: { $0.key < $1.key }) {
      named += preset.weights.keys.sorted().map { ("presets.\(name).weights.\($0)", $0) }
    }
    named += controllers.enumerated().map { ("controllers.\($0).objective", $1.objective) }
    var faults = named.filter { !objectives.contains($0.name) }.map {
      ConfigurationFault(
        $0.key, expected: "one of the model's objectives \(list(objectives))", got: "'\($0.name)'")
    }
    let controlled = Set(controllers.map(\.objective))
    let most = controllers.reduce(0) { $0 + $1.maximum }
    if controlled.isSuperset(of: objectives), !objectives.isEmpty, most < 1 - 1e-9 {
      faults.append(
        ConfigurationFault(
          "controllers",
          expected: "maxima that sum to at least 1, as all objectives are controlled",
          got: "\(most)"))
    }
    return faults
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append(ConfigurationFault(key, expected: expected, got: got)) }
    }
    let known = presets.keys.sorted()
    let choice = known.isEmpty ? "a preset, of which there is none" : "one of " + list(known)
    func checkPreset(_ name: String, _ key: String) {
      check(presets[name] != nil, key, choice, "'\(name)'")
    }
    if let name = self.default { checkPreset(name, "default") }
    check(
      TimeZone(identifier: timeZone) != nil, "time_zone", "a zone such as Europe/Berlin",
      "'\(timeZone)'")
    var names: Set<String> = []
    for (number, rule) in rules.enumerated() {
      let key = "rules.\(number)"
      check(
        !rule.name.isEmpty && !SteeringChoice.reserved.contains(rule.name)
          && names.insert(rule.name).inserted,
        "\(key).name", "a name of its own, none of \(list(SteeringChoice.reserved))",
        "'\(rule.name)'")
      if let preset = rule.preset { checkPreset(preset, "\(key).preset") }
      for (arm, side) in (rule.split ?? []).enumerated() {
        checkPreset(side.preset, "\(key).split.\(arm).preset")
      }
    }
    for (number, controller) in controllers.enumerated() {
      check(
        !controllers[..<number].contains { $0.objective == controller.objective },
        "controllers.\(number).objective", "an objective of its own", "'\(controller.objective)'")
    }
    let least = controllers.reduce(0) { $0 + $1.minimum }
    check(least <= 1 + 1e-9, "controllers", "minima that sum to at most 1", "\(least)")
    return faults
  }
}

extension Preset {
  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard !weights.values.contains(where: { $0 > 0 }) else { return [] }
    return [ConfigurationFault("weights", expected: "a weight above 0", got: "none")]
  }
}

extension SteeringRule {
  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    if (preset == nil) == (split == nil) {
      faults.append(
        ConfigurationFault(
          "", expected: "either preset or split", got: preset == nil ? "none" : "both"))
    }
    if let split, !split.contains(where: { $0.share > 0 }) {
      faults.append(
        ConfigurationFault("split", expected: "an arm with a share above 0", got: "none"))
    }
    return faults
  }
}

extension RuleCondition {
  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard let hours, HourSpan(hours) == nil else { return [] }
    return [ConfigurationFault("hours", expected: "two hours such as 22-6", got: "'\(hours)'")]
  }
}

private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
