extension DataSummary {
  /// Share of such sessions from which on they are spoken of.
  private static let notable = 0.1
  /// Share from which on the selection cannot be learned at all.
  private static let nearlyAll = 0.99

  private var sessions: Int {
    trainCount + validationCount + judgeTrainCount + judgeValidationCount + testCount
  }

  /// What cannot be learned because all candidates were shown, worded for the user; nil where there
  /// were nearly always more candidates than places.
  var selectionRemark: String? {
    let share = Double(allShownCount) / Double(max(sessions, 1))
    guard share >= Self.notable else { return nil }
    let percent = (share * 1000).rounded() / 10
    return "all candidates were shown in \(percent) % of the sessions (\(allShownCount) of "
      + "\(sessions)): "
      + (share >= Self.nearlyAll
        ? "which candidates to choose cannot be learned from this log, only the order of a list; "
        : "such a session teaches the order of a list and not which candidates to choose; ")
      + "log the candidates that were not shown as well, and both can be learned"
  }
}
