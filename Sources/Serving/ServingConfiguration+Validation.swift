import StrictYAML

extension ServingConfiguration {
  /// Throws everything that is wrong at once.
  ///
  /// - Parameter objectives: the model's objectives, when a model is at hand; the default weights
  ///   are then held against them.
  public func validate(objectives: [String]? = nil) throws(ConfigurationFaults) {
    var faults: [ConfigurationFault] = []
    func check(_ holds: Bool, _ key: CodingKeys, _ expected: String, _ got: Any) {
      guard !holds else { return }
      faults.append(Self.fault(key.rawValue, expected: expected, got: "\(got)"))
    }
    check(!host.isEmpty, .host, "a host name or address", "an empty text")
    check((0...65535).contains(port), .port, "a port from 0 to 65535", port)
    check(
      (1...(1 << 30)).contains(maximumBodyBytes), .maximumBodyBytes, "1 to 1073741824 bytes",
      maximumBodyBytes)
    check(maximumItems >= 1, .maximumItems, "at least 1", maximumItems)
    check(
      shutdownGraceSeconds >= 0 && shutdownGraceSeconds <= 3600, .shutdownGraceSeconds,
      "0 to 3600 seconds", shutdownGraceSeconds)
    if let defaultWeights {
      faults += Self.faults(ofDefaultWeights: defaultWeights, objectives: objectives)
    }
    if !faults.isEmpty { throw ConfigurationFaults(faults) }
  }

  private static func faults(
    ofDefaultWeights weights: [String: Double], objectives: [String]?
  ) -> [ConfigurationFault] {
    var faults: [ConfigurationFault] = []
    for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
      if !(weight.isFinite && weight >= 0) {
        faults.append(
          fault("default_weights.\(name)", expected: "a number of at least 0", got: "\(weight)"))
      }
      if let objectives, !objectives.contains(name) {
        let known = objectives.joined(separator: ", ")
        faults.append(
          fault(
            "default_weights.\(name)", expected: "one of the model's objectives \(known)",
            got: "'\(name)'"))
      }
    }
    if !weights.values.contains(where: { $0 > 0 }) {
      faults.append(fault("default_weights", expected: "a weight above 0", got: "none"))
    }
    return faults
  }

  private static func fault(
    _ key: String, expected: String, got: String
  ) -> ConfigurationFault {
    ConfigurationFault(
      file: "configuration", keyPath: "serving.\(key)", expected: expected, got: got,
      remedy: "correct it in the configuration or with --set")
  }
}
