package import ConfigurationFields
import Foundation

extension SteeringConfiguration {
  /// Everything that is wrong, in the order of the section; names of presets sorted.
  ///
  /// - Parameters:
  ///   - objectives: the model's, when one is at hand.
  ///   - channels: likewise, those of its mixed feed.
  package func faults(objectives: [String]?, channels: [String]? = nil) -> [ConfigurationFault] {
    faults() + (objectives.map { faults(knowing: $0, channels: channels) } ?? [])
  }

  /// Objectives and channels that are named and that the model does not have.
  ///
  /// - Parameter channels: nil where they are not known.
  package func faults(
    knowing objectives: [String], channels: [String]? = nil
  ) -> [ConfigurationFault] {
    var named: [(key: String, name: String)] = []
    for (name, preset) in presets.sorted(by: { $0.key < $1.key }) {
      named += preset.weights.keys.sorted().map { ("presets.\(name).weights.\($0)", $0) }
    }
    for (number, controller) in controllers.enumerated() {
      if let name = controller.objective { named.append(("controllers.\(number).objective", name)) }
    }
    var faults = named.filter { !objectives.contains($0.name) }.map {
      ConfigurationFault(
        $0.key, expected: "one of the model's objectives \(list(objectives))", got: "'\($0.name)'")
    }
    for (number, controller) in controllers.enumerated() {
      guard let name = controller.channel, let channels, !channels.contains(name) else { continue }
      faults.append(
        ConfigurationFault(
          "controllers.\(number).channel",
          expected: channels.isEmpty
            ? "no channel, since the model does not mix a feed"
            : "one of the model's channels \(list(channels))", got: "'\(name)'"))
    }
    let controlled = Set(controllers.compactMap(\.objective))
    let most = controllers.reduce(0) { $0 + ($1.objective == nil ? 0 : $1.maximum) }
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
        !controllers[..<number].contains { $0.subject == controller.subject },
        "controllers.\(number)" + (controller.channel == nil ? ".objective" : ".channel"),
        controller.channel == nil ? "an objective of its own" : "a channel of its own",
        "'\(controller.objective ?? controller.channel ?? "")'")
    }
    let least = controllers.reduce(0) { $0 + ($1.objective == nil ? 0 : $1.minimum) }
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
