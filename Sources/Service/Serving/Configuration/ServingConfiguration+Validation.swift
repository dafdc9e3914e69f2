import EventLogs
import ListRules
import Steering
import StrictYAML

extension ServingConfiguration {
  /// Throws everything that is wrong at once.
  ///
  /// - Parameter objectives: the model's objectives, when a model is at hand; weights are then held
  ///   against them.
  public func validate(objectives: [String]? = nil) throws(ConfigurationErrors) {
    var faults = numberFaults()
    if let defaultWeights {
      faults += Self.faults(ofDefaultWeights: defaultWeights, objectives: objectives)
    }
    faults += steering.faults(objectives: objectives).map {
      Self.fault("steering.\($0.key)", expected: $0.expected, got: $0.got)
    }
    if let fault = strategy.fault {
      faults.append(
        Self.fault("strategy.\(fault.key)", expected: fault.expected, got: fault.got))
    }
    faults += ListRule.faults(of: listRules).map {
      Self.fault("list_rules.\($0.key)", expected: $0.expected, got: $0.got)
    }
    faults += (log?.faults ?? []).map {
      Self.fault("log.\($0.key)", expected: $0.expected, got: $0.got)
    }
    if let keys, keys.file == nil && keys.environment == nil {
      faults.append(
        Self.fault("keys", expected: "a file or an environment variable", got: "neither"))
    }
    if !faults.isEmpty { throw ConfigurationErrors(faults) }
  }

  private func numberFaults() -> [ConfigurationError] {
    var faults: [ConfigurationError] = []
    func check(_ holds: Bool, _ key: String, _ expected: String, _ got: Any) {
      guard !holds else { return }
      faults.append(Self.fault(key, expected: expected, got: "\(got)"))
    }
    check(!host.isEmpty, "host", "a host name or address", "an empty text")
    check((0...65535).contains(port), "port", "a port from 0 to 65535", port)
    check(
      (1...(1 << 30)).contains(maximumBodyBytes), "maximum_body_bytes", "1 to 1073741824 bytes",
      maximumBodyBytes)
    check(maximumItems >= 1, "maximum_items", "at least 1", maximumItems)
    let seconds = [
      ("shutdown_grace_seconds", shutdownGraceSeconds), ("drain_seconds", drainSeconds),
      ("models.poll_seconds", models?.pollSeconds ?? 0),
    ]
    for (key, value) in seconds {
      check((0...3600).contains(value), key, "0 to 3600 seconds", value)
    }
    let milliseconds = [
      ("time_budget_ms", timeBudgetMilliseconds), ("deadline_ms", deadlineMilliseconds),
      ("limits.queue_ms", limits.queueMilliseconds),
    ]
    for (key, value) in milliseconds {
      check((0...600_000).contains(value), key, "0 to 600000 milliseconds", value)
    }
    check(
      (0...1024).contains(limits.concurrent), "limits.concurrent", "0 to 1024", limits.concurrent)
    check(
      (0...1_000_000).contains(limits.waiting), "limits.waiting", "0 to 1000000", limits.waiting)
    check(
      limits.bodySeconds > 0 && limits.bodySeconds <= 3600, "limits.body_seconds",
      "above 0, up to 3600 seconds", limits.bodySeconds)
    return faults
  }

  private static func faults(
    ofDefaultWeights weights: [String: Double], objectives: [String]?
  ) -> [ConfigurationError] {
    var faults: [ConfigurationError] = []
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
  ) -> ConfigurationError {
    ConfigurationError(
      file: "configuration", keyPath: "serving.\(key)", expected: expected, got: got,
      remedy: "correct it in the configuration or with --set")
  }
}
