import JSON
import Sessions
import Steering

/// Where a list came from.
public struct ListOrigin: Sendable, Equatable {
  public enum Source: String, Sendable, CaseIterable {
    case greedy, sample, beam, upstream, diversified, fallback

    init(_ handMade: ListStrategy.HandMade) {
      switch handMade {
      case .upstream: self = .upstream
      case .diversified: self = .diversified
      }
    }
  }

  /// Why the fallback was served.
  public enum FallbackReason: String, Sendable, CaseIterable {
    /// The time was over.
    case deadline
    /// The model's list broke a rule.
    case rule
    case noModel = "no_model"
    /// The model failed.
    case failure
  }

  public var source: Source
  /// Distinct lists that were written.
  public var lists = 1
  /// Those that the evaluators were asked about before the time for it was over.
  public var evaluated = 1
  public var fallback: FallbackReason?
  /// Rules that no list at hand could keep.
  public var brokenRules: [String] = []

  public init(_ source: Source, lists: Int = 1, evaluated: Int = 1) {
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
public struct AppliedSteering: Sendable, Equatable {
  public var choice: SteeringChoice
  /// Objectives whose weight a controller set.
  public var controlled: [String]

  public init(choice: SteeringChoice, controlled: [String] = []) {
    self.choice = choice
    self.controlled = controlled
  }

  var members: [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [("rule", .string(choice.rule))]
    if let preset = choice.preset { members.append(("preset", .string(preset))) }
    if let arm = choice.arm { members.append(("arm", .string(arm))) }
    if !controlled.isEmpty {
      members.append(("controlled", .array(controlled.map { .string($0) })))
    }
    return [("steering", .object(members))]
  }
}
