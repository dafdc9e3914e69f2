import Foundation

extension SteeringConfiguration {
  /// Everything that is wrong, in the order of the section; names of presets sorted.
  ///
  /// - Parameter objectives: the model's, when one is at hand.
  public func faults(objectives: [String]? = nil) -> [SteeringError] {
    var faults: [SteeringError] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: String) {
      if !holds { faults.append(SteeringError(key: key, expected: expected, got: got)) }
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
    for name in known {
      faults += presets[name].map { $0.faults("presets.\(name)", objectives) } ?? []
    }
    var names: Set<String> = []
    for (number, rule) in rules.enumerated() {
      let key = "rules.\(number)"
      check(
        !rule.name.isEmpty && !SteeringChoice.reserved.contains(rule.name)
          && names.insert(rule.name).inserted,
        "\(key).name", "a name of its own, none of \(list(SteeringChoice.reserved))",
        "'\(rule.name)'")
      check(
        (rule.preset == nil) != (rule.split == nil), key, "either preset or split",
        rule.preset == nil ? "none" : "both")
      if let preset = rule.preset { checkPreset(preset, "\(key).preset") }
      for (arm, side) in (rule.split ?? []).enumerated() {
        checkPreset(side.preset, "\(key).split.\(arm).preset")
        check(
          side.share >= 0 && side.share.isFinite, "\(key).split.\(arm).share",
          "a number of at least 0", "\(side.share)")
      }
      if let split = rule.split {
        check(
          split.contains { $0.share > 0 }, "\(key).split", "an arm with a share above 0", "none")
      }
      if let hours = rule.when?.hours {
        check(
          HourSpan(hours) != nil, "\(key).when.hours", "two hours such as 22-6", "'\(hours)'")
      }
    }
    for (number, controller) in controllers.enumerated() {
      faults += controller.faults("controllers.\(number)", objectives)
      check(
        !controllers[..<number].contains { $0.objective == controller.objective },
        "controllers.\(number).objective", "an objective of its own", "'\(controller.objective)'")
    }
    return faults
  }
}

extension Preset {
  fileprivate func faults(_ key: String, _ objectives: [String]?) -> [SteeringError] {
    var faults: [SteeringError] = []
    for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
      if !(weight >= 0 && weight.isFinite) {
        faults.append(
          SteeringError(
            key: "\(key).weights.\(name)", expected: "a number of at least 0", got: "\(weight)"))
      }
      if let objectives, !objectives.contains(name) {
        faults.append(
          SteeringError(
            key: "\(key).weights.\(name)",
            expected: "one of the model's objectives \(list(objectives))", got: "'\(name)'"))
      }
    }
    if !weights.values.contains(where: { $0 > 0 }) {
      faults.append(
        SteeringError(key: "\(key).weights", expected: "a weight above 0", got: "none"))
    }
    if let fault = strategy?.fault {
      faults.append(
        SteeringError(
          key: "\(key).strategy.\(fault.key)", expected: fault.expected, got: fault.got))
    }
    return faults
  }
}

private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
