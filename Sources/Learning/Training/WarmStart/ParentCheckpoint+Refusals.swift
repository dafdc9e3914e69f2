import DataSources
import EvaluatorModel
import Features
import ListPolicy
import Objectives
import StrictYAML

/// A configuration that does not fit the checkpoint it is to go on from.
package struct WarmStartError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Folder of the checkpoint.
  package let path: String
  package let messages: [String]

  package var description: String {
    (["a run cannot go on from \(path) like this:"] + messages.map { "  - \($0)" }
      + ["take these values from \(path)/config.yaml, or train anew without --from"])
      .joined(separator: "\n")
  }
}

extension ParentCheckpoint {
  /// Throws everything in which the configuration differs from the checkpoint and must not.
  func check(_ other: RunConfiguration) throws {
    var messages: [String] = []
    if let fault = try objectivesFault(other) { messages.append(fault) }
    messages += try differences("schema", inputs(other), inputs(configuration))
    messages += try differences("evaluator", sizes(other), sizes(configuration))
    messages += try policyDifferences(other)
    let (share, known) = (other.training.judge.share, configuration.training.judge.share)
    if judge != nil, share != 0, share != known {
      messages.append(
        "training.judge.share: expected \(known), got \(share): the judge would no longer have its "
          + "users to itself")
    }
    guard messages.isEmpty else { throw WarmStartError(path: path, messages: messages) }
  }

  /// What the user should know of although it is no reason to stop.
  func warnings(_ other: RunConfiguration) -> [String] {
    var warnings: [String] = []
    if judge == nil, other.training.judge.share > 0 {
      warnings.append(
        "\(path) has no judge: one is fitted anew, on users that its evaluators may have seen")
    }
    if other.data.split != configuration.data.split {
      warnings.append(
        "data.split differs from that of \(path): users that were held out then may be trained "
          + "on now")
    }
    return warnings
  }

  private func objectivesFault(_ other: RunConfiguration) throws -> String? {
    let own = try ObjectiveSet(other.objectives).objectives
    // A measured scale is the checkpoint's own; one that the configuration fixes must be the same.
    let theirs = objectives.objectives.map { objective -> Objective in
      var unscaled = objective
      if !objective.scaleIsFixed { unscaled.scale = 1 }
      return unscaled
    }
    guard own != theirs else { return nil }
    func summary(_ objectives: [Objective]) -> String {
      objectives.map {
        "\($0.name) = \($0.definition.summary)" + ($0.scaleIsFixed ? " / \($0.scale)" : "")
      }.joined(separator: ", ")
    }
    return "objectives: expected \(summary(theirs)); got \(summary(own)): w would lose its meaning"
  }

  /// Declared feedback is no input: it is held against the heads, with the sessions.
  private func inputs(_ configuration: RunConfiguration) -> SchemaConfiguration {
    var schema = configuration.schema
    schema.feedback = [:]
    return schema
  }

  /// Pessimism is how evaluators are listened to, no part of them.
  private func sizes(_ configuration: RunConfiguration) -> EvaluatorConfiguration {
    var sizes = configuration.evaluator
    sizes.pessimism = 0
    return sizes
  }

  private func policyDifferences(_ other: RunConfiguration) throws -> [String] {
    guard other.family == configuration.family else {
      return ["family: expected \(configuration.family), got \(other.family)"]
    }
    func differences<Section: PolicyConfiguration>(_ own: Section) throws -> [String] {
      guard let theirs = configuration.policy as? Section else { return [] }
      return try self.differences(other.family, own, theirs)
    }
    return try differences(other.policy)
  }

  /// The lines of a section that are not the checkpoint's.
  private func differences<Section: Encodable & Equatable>(
    _ name: String, _ own: Section, _ theirs: Section
  ) throws -> [String] {
    guard own != theirs else { return [] }
    func lines(_ section: Section) throws -> [String] {
      try yaml(section).split(separator: "\n").map {
        String($0.drop { $0 == " " })
      }
    }
    func listed(_ lines: [String]) -> String {
      lines.isEmpty ? "nothing more" : lines.prefix(8).joined(separator: ", ")
    }
    let (given, wanted) = (try lines(own), try lines(theirs))
    return [
      "\(name): expected \(listed(wanted.filter { !given.contains($0) })), got "
        + listed(given.filter { !wanted.contains($0) })
    ]
  }
}
