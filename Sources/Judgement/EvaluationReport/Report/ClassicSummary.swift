/// Ranking measures as other work reports them, of the generated lists at equal weights and of the
/// logged ones. Means over the requests; a measure that is defined nowhere is absent.
///
/// Relevant is what got the feedback when it was shown. An item that was not shown counts as
/// irrelevant, so the logged lists are flattered: nothing else could have been clicked.
public struct ClassicSummary: Codable, Sendable, Equatable {
  /// Feedback kind that makes an item relevant.
  public let relevance: String
  /// Feature whose values are subtopics and intents; nil without a rule over groups.
  public let group: String?
  public let generated: [String: Double]
  public let logged: [String: Double]

  /// Names in the order of a table.
  public static let measures = [
    "ndcg", "map", "mrr", "alpha_ndcg", "err_ia", "ilad", "coverage", "gini",
  ]

  public init(
    relevance: String, group: String?, generated: [String: Double], logged: [String: Double]
  ) {
    self.relevance = relevance
    self.group = group
    self.generated = generated
    self.logged = logged
  }
}
