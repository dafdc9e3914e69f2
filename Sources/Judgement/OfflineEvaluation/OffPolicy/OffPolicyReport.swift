import EvaluationReport
import JSON
package import Statistics

/// What logged feedback says of a policy that did not write the log.
package struct OffPolicyReport: Codable, Sendable, Equatable {
  /// Feedback kind whose sum over the list is estimated.
  package let feedback: String
  /// By objective, summing to 1.
  package let weights: [String: Double]
  /// Share of the picks that are the model's; the rest are the logging policy's.
  package let share: Double
  /// Logged lists with propensities, which are all that count here.
  package let lists: Int
  /// Logged lists without them, which are left out.
  package let listsWithoutPropensities: Int
  /// Of `lists` those that were served under pins, bans or rules; the policy is held to the same.
  package let listsUnderMasks: Int
  /// Lists that break the masks they carry, which are left out.
  package let listsOutsideMasks: Int
  /// Lists with a value that the feedback, which is 0 or 1, cannot have; left out too.
  package let listsWithOddFeedback: Int
  /// Mean of the logged lists themselves.
  package let logged: Double
  package let estimates: [Entry]

  /// One estimator: an estimate, or why there is none.
  package struct Entry: Codable, Sendable, Equatable {
    package let estimator: OffPolicyEstimator
    package let estimate: OffPolicyEstimate?
    package let refusal: String?
  }

  /// Indented, keys sorted.
  package func json() throws -> String {
    String(decoding: try EncodedJSON.page(self), as: UTF8.self)
  }

  package func text() -> String {
    var lines = [
      "expected \(feedback) per list, \(Figures.count(lists)) logged lists, "
        + "\(Figures.percent(share)) of the picks by the model; logged \(Figures.plain(logged))"
    ]
    if listsUnderMasks > 0 {
      lines.append(
        "  \(Figures.count(listsUnderMasks)) of them were served under pins, bans or rules, and the "
          + "policy is held to the same")
    }
    for (count, fault) in [
      (listsWithoutPropensities, "carry no propensities"),
      (listsOutsideMasks, "break the masks that they carry"),
      (listsWithOddFeedback, "have \(feedback) that is neither 0 nor 1"),
    ] where count > 0 {
      lines.append("  \(Figures.count(count)) further lists \(fault) and are left out")
    }
    for entry in estimates {
      let name = entry.estimator.rawValue
      guard let estimate = entry.estimate else {
        lines.append("  \(name): refused, \(entry.refusal ?? "")")
        continue
      }
      let interval = estimate.bootstrap.map {
        " (95% \(Figures.plain($0.low)) to \(Figures.plain($0.high)))"
      }
      let weights = estimate.weights
      lines.append(
        "  \(name): \(Figures.plain(estimate.value))\(interval ?? ""), as good as "
          + "\(Figures.plain(weights.effectiveSlates)) lists, largest weight "
          + "\(Figures.plain(weights.maximum)), clipped \(Figures.percent(weights.clippedShare)) "
          + "(\(Figures.percent(weights.removedMass)) of the mass)"
          + (estimate.intervalRefusal.map { "; \($0)" } ?? ""))
    }
    return lines.joined(separator: "\n")
  }
}
