extension EvaluationReport {
  /// Share of such requests from which on the report speaks of them.
  private static let notable = 0.1
  /// Share from which on nothing can be said of the selection at all.
  private static let nearlyAll = 0.99

  /// Whether the log says anything about which candidates to choose; nil where nearly every request
  /// had more candidates than were shown.
  var selectionFinding: Finding? {
    guard let allShown, allShown >= Self.notable else { return nil }
    let none = allShown >= Self.nearlyAll
    return Finding(
      question: "Does the log say which candidates to choose?",
      answer: none ? "No, only their order" : "In part", tone: .mixed,
      figure: (Figures.percent(allShown), "of the requests had all their candidates shown"),
      facts: [],
      rule: "Where all candidates were shown, none was left out: such a log teaches and judges the "
        + "order of a list, not the selection. Log the candidates that were not shown to learn that "
        + "too.")
  }
}
