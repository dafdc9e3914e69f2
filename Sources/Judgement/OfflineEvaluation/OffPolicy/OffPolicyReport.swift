import EvaluationReport
import JSON
import Statistics

/// What logged feedback says of a policy that did not write the log.
public struct OffPolicyReport: Codable, Sendable, Equatable {
  /// Feedback kind whose sum over the list is estimated.
  public let feedback: String
  /// By objective, summing to 1.
  public let weights: [String: Double]
  /// Share of the picks that are the model's; the rest are the logging policy's.
  public let share: Double
  public let lists: Int
  /// Mean of the logged lists themselves.
  public let logged: Double
  public let estimates: [Entry]

  /// One estimator: an estimate, or why there is none.
  public struct Entry: Codable, Sendable, Equatable {
    public let estimator: OffPolicyEstimator
    public let estimate: OffPolicyEstimate?
    public let refusal: String?
  }

  /// Indented, keys sorted.
  public func json() throws -> String {
    String(decoding: try EncodedJSON.page(self), as: UTF8.self)
  }

  public func text() -> String {
    var lines = [
      "expected \(feedback) per list, \(Figures.count(lists)) logged lists, "
        + "\(Figures.percent(share)) of the picks by the model; logged \(Figures.plain(logged))"
    ]
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
          + "(\(Figures.percent(weights.removedMass)) of the mass)")
    }
    return lines.joined(separator: "\n")
  }
}
