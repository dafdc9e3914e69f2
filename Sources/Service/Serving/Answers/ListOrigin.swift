import JSON
import Sessions
package import Steering

/// Where a list came from.
package struct ListOrigin: Sendable, Equatable {
  package enum Source: String, Sendable, CaseIterable {
    case greedy, sample, beam, upstream, diversified, search, fallback

    init(_ handMade: ListStrategy.HandMade) {
      switch handMade {
      case .upstream: self = .upstream
      case .diversified: self = .diversified
      }
    }
  }

  /// Why the fallback was served.
  package enum FallbackReason: String, Sendable, CaseIterable {
    /// The time was over.
    case deadline
    /// The model's list broke a rule.
    case rule
    case noModel = "no_model"
    /// The model failed.
    case failure
  }

  package var source: Source
  /// Distinct lists that were written.
  package var lists = 1
  /// Those that the evaluators were asked about before the time for it was over.
  package var evaluated = 1
  package var fallback: FallbackReason?
  /// Rules that no list at hand could keep.
  package var brokenRules: [String] = []

  package init(_ source: Source, lists: Int = 1, evaluated: Int = 1) {
    self.source = source
    self.lists = lists
    self.evaluated = evaluated
  }

  var members: [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("source", .string(source.rawValue)),
      ("pool", ["lists": .number(Double(lists)), "judged": .number(Double(evaluated))]),
    ]
    if let fallback { members.append(("fallback", ["reason": .string(fallback.rawValue)])) }
    if !brokenRules.isEmpty {
      members.append(("broken_rules", .array(brokenRules.map { .string($0) })))
    }
    return members
  }
}

/// Who chose the weights of an answer.
package struct AppliedSteering: Sendable, Equatable {
  package var choice: SteeringChoice
  /// Objectives whose weight a controller set.
  package var controlled: [String]
  /// What the preset had asked for these, where it named them; the controllers' weights were used.
  package var asked: [String: Double]

  package init(
    choice: SteeringChoice, controlled: [String] = [], asked: [String: Double] = [:]
  ) {
    self.choice = choice
    self.controlled = controlled
    self.asked = asked
  }

  var members: [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [("rule", .string(choice.rule))]
    if let preset = choice.preset { members.append(("preset", .string(preset))) }
    if let arm = choice.arm { members.append(("arm", .string(arm))) }
    if !controlled.isEmpty {
      members.append(("controlled", .array(controlled.map { .string($0) })))
    }
    if !asked.isEmpty {
      let weights = asked.sorted { $0.key < $1.key }.map {
        (key: $0.key, value: JSONValue.number($0.value))
      }
      members.append(("asked", .object(weights)))
    }
    return [("steering", .object(members))]
  }
}
