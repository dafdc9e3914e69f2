package import JSON
import Statistics

/// A bound on one figure of a report, as in `better_percentage.mean>=0.8`.
package struct Requirement: Sendable, Equatable, CustomStringConvertible {
  package enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  /// Keys of the report's JSON, outermost first.
  package let path: [String]
  package let comparison: Comparison
  package let bound: Double

  /// The figure, as the requirement names it.
  package var name: String { path.joined(separator: ".") }

  package var description: String {
    "\(name)\(comparison.rawValue)\(bound)"
  }

  /// - Throws: `RequirementError.malformed` for a text that is no requirement.
  package init(_ text: String) throws(RequirementError) {
    // The two-character signs come first in the list, so `>=` is not taken for `>`.
    for comparison in Comparison.allCases {
      guard let sign = text.firstRange(of: comparison.rawValue) else { continue }
      let path = text[..<sign.lowerBound].split(separator: ".", omittingEmptySubsequences: false)
        .map { $0.trimming(" ") }
      guard !path.contains(""), let bound = Double(text[sign.upperBound...].trimming(" ")),
        bound.isFinite
      else { break }
      self.path = path
      self.comparison = comparison
      self.bound = bound
      return
    }
    throw .malformed(text)
  }

  func holds(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .above: value > bound
    case .below: value < bound
    }
  }
}

/// A requirement that cannot be checked, or requirements that a report does not meet.
package enum RequirementError: Error, Sendable, Equatable, CustomStringConvertible {
  case malformed(String)
  /// No report on the checkpoint has such a figure; `near` are names that it may mean.
  case misspelt(Requirement, near: [String])
  /// The figure exists, and this evaluation will not measure it.
  case notMeasured(Requirement, reason: String)
  /// The report has no such number; `known` are the keys where the path leaves it.
  case unknownFigure(Requirement, known: [String])
  /// One sentence for each.
  case unmet([String])

  package var description: String {
    switch self {
    case .malformed(let text):
      "--require: expected a figure of the report and a bound such as better_percentage.mean>=0.8, "
        + "got '\(text)'"
    case .misspelt(let requirement, let near):
      "--require: expected a figure of the report, got '\(requirement.name)', which no report on this "
        + "checkpoint has; "
        + (near.isEmpty
          ? "fader evaluate --json shows them all"
          : "the nearest are \(near.joined(separator: ", "))")
    case .notMeasured(let requirement, let reason):
      "--require: expected a figure of this evaluation, got '\(requirement.name)'; \(reason)"
    case .unknownFigure(let requirement, let known):
      "--require: the report has no number '\(requirement.name)'; there "
        + (known.isEmpty ? "is nothing below it" : "are \(known.joined(separator: ", "))")
    case .unmet(let sentences):
      (["the report falls short:"] + sentences.map { "  - \($0)" }).joined(separator: "\n")
    }
  }
}

extension EvaluationReport {
  /// Throws what falls short, all of it at once.
  package func check(_ requirements: [Requirement]) throws {
    try requirements.check(in: try JSONScanner.parse(Array(json().utf8)))
  }
}

extension [Requirement] {
  /// Throws what falls short of a report, all of it at once.
  package func check(in report: JSONValue) throws(RequirementError) {
    var sentences: [String] = []
    for requirement in self {
      let value = try figure(requirement, in: report)
      if !requirement.holds(value) {
        sentences.append(
          "\(requirement.name) is \(value), expected \(requirement.comparison.rawValue) \(requirement.bound)"
        )
      }
    }
    if !sentences.isEmpty { throw RequirementError.unmet(sentences) }
  }

  private func figure(
    _ requirement: Requirement, in report: JSONValue
  ) throws(RequirementError) -> Double {
    var value = report
    for key in requirement.path {
      guard let next = value[key] else {
        throw .unknownFigure(requirement, known: value.members?.map(\.key) ?? [])
      }
      value = next
    }
    guard let number = value.number else {
      throw .unknownFigure(requirement, known: value.members?.map(\.key) ?? [])
    }
    return number
  }
}

extension StringProtocol {
  fileprivate func trimming(_ character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
