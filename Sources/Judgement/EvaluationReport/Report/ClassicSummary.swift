/// Ranking measures as other work reports them, of the generated lists at equal weights and of the
/// logged ones. Means over the requests; a measure that is defined nowhere is absent.
///
/// Relevant is what got the feedback when it was shown. An item that was not shown counts as
/// irrelevant, so the logged lists are flattered: nothing else could have been clicked.
package struct ClassicSummary: Codable, Sendable, Equatable {
  /// Feedback kind that makes an item relevant.
  package let relevance: String
  /// Feature whose values are subtopics and intents; nil without a rule over groups.
  package let group: String?
  package let generated: [String: Double]
  package let logged: [String: Double]

  /// Names in the order of a table.
  package static let measures = [
    "ndcg", "map", "mrr", "alpha_ndcg", "err_ia", "ilad", "coverage", "gini",
  ]

  package init(
    relevance: String, group: String?, generated: [String: Double], logged: [String: Double]
  ) {
    self.relevance = relevance
    self.group = group
    self.generated = generated
    self.logged = logged
  }
}
