package import ConfigurationFields
package import Features
import ListRules
import Steering
package import StrictYAML

extension ServingConfiguration {
  /// Throws everything that is wrong at once.
  ///
  /// - Parameters:
  ///   - objectives: the model's objectives, when a model is at hand; weights are then held against
  ///     them.
  ///   - features: of requests, as the model or a log knows them; what rules read is then held
  ///     against them.
  package func validate(
    objectives: [String]? = nil, features: RequestFeatures? = nil
  ) throws(ConfigurationErrors) {
    let faults =
      faults() + (objectives.map { self.faults(knowing: $0) } ?? [])
      + (features.map { self.faults(knowing: $0) } ?? [])
    guard faults.isEmpty else {
      throw ConfigurationErrors(
        faults.map {
          ConfigurationError(
            file: "configuration", keyPath: $0.below("serving").key, expected: $0.expected,
            got: $0.got,
            remedy: $0.remedy.isEmpty
              ? "correct it in the configuration or with --set" : $0.remedy)
        })
    }
  }

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    var faults = ListRule.faults(between: listRules).map { $0.below("list_rules") }
    if let defaultWeights, !defaultWeights.values.contains(where: { $0 > 0 }) {
      faults.append(
        ConfigurationFault("default_weights", expected: "a weight above 0", got: "none"))
    }
    return faults
  }

  /// Objectives that are named and that the model does not have.
  private func faults(knowing objectives: [String]) -> [ConfigurationFault] {
    let known = objectives.joined(separator: ", ")
    return (defaultWeights ?? [:]).keys.sorted().filter { !objectives.contains($0) }.map {
      ConfigurationFault(
        "default_weights.\($0)", expected: "one of the model's objectives \(known)",
        got: "'\($0)'")
    } + steering.faults(knowing: objectives).map { $0.below("steering") }
  }
}
