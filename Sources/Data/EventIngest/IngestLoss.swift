import Statistics

/// Why the joined sessions of a log were not written: none came of it, or too much was lost.
package struct IngestLoss: Error, Sendable, CustomStringConvertible {
  /// What was read and joined; its `isWritten` is false.
  package let report: IngestReport
  package let description: String
}

extension IngestReport {
  /// What was lost of one kind of thing in the log.
  private struct Share {
    var lost: Int
    var total: Int
    var what: String
    var reasons: [SkipReason]

    var value: Double { total == 0 ? 0 : Double(lost) / Double(total) }
  }

  /// The fault of a report whose sessions are not worth keeping; nil when they are.
  ///
  /// - Parameter allowed: the share of interactions, of rankings and of lines that may be lost.
  func loss(allowed: Double) -> IngestLoss? {
    if sessions == 0 {
      return fault(
        "expected sessions, got none of \(lines) lines",
        cause(of: SkipReason.allCases) ?? "check that this is a log of events")
    }
    let lost = shares.filter { $0.value > allowed }
    guard let most = lost.map(\.value).max() else { return nil }
    let faults = lost.map { "\($0.lost) of \($0.total) \($0.what) (\(percent($0.value)) %)" }
    let causes = lost.compactMap { cause(of: $0.reasons) }
    let share = (most * 100).rounded(.up) / 100
    return fault(
      faults.joined(separator: ", ") + ", more than the \(percent(allowed)) % allowed",
      (causes + ["or allow it with --allow-loss \(share)"]).joined(separator: "; "))
  }

  private func percent(_ share: Double) -> Double { (share * 1000).rounded() / 10 }

  /// What comes first in a log stands first: lines, then rankings, then interactions.
  private var shares: [Share] {
    // Copies of a ranking take nothing from the first one.
    let copies = counts.count(of: .duplicateRanking)
    let unread: [SkipReason] = [.malformedLine, .missingField, .badField]
    return [
      Share(
        lost: unread.reduce(0) { $0 + counts.count(of: $1) }, total: lines,
        what: "lines are no events", reasons: unread),
      Share(
        lost: counts.rankings - copies - sessions, total: counts.rankings - copies,
        what: "rankings gave no session",
        reasons: [.outOfOrder, .implausibleTime, .nothingShown, .badPositions, .repeatedItem]),
      Share(
        lost: counts.interactions - counts.joined, total: counts.interactions,
        what: "interactions did not join",
        reasons: [
          .outOfOrder, .implausibleTime, .unknownRanking, .beforeRanking, .outsideWindow,
          .itemNotShown,
        ]),
    ]
  }

  private func fault(_ fault: String, _ remedy: String) -> IngestLoss {
    IngestLoss(
      report: self,
      description: "\(events.joined(separator: ", ")): \(fault), so \(target) was not written; "
        + remedy)
  }

  /// The most frequent of some reasons, and what to do about it; nil when none occurred.
  private func cause(of reasons: [SkipReason]) -> String? {
    guard let main = reasons.max(by: { counts.count(of: $0) < counts.count(of: $1) }),
      counts.count(of: main) > 0
    else { return nil }
    return "\(main.rawValue), \(counts.count(of: main)) times: \(main.remedy)"
  }
}

extension SkipReason {
  /// What to do about many events that were skipped for this reason.
  fileprivate var remedy: String {
    switch self {
    case .malformedLine: "write one JSON object a line"
    case .unknownEvent: "name the events ranking, interaction, item or user"
    case .missingField, .badField: "write the events as data/README.md says"
    case .outOfOrder, .implausibleTime: "check the clocks that stamp the events"
    case .duplicateRanking: "give every ranking an id of its own"
    case .nothingShown: "give the items that were shown their position"
    case .badPositions: "count positions from 1, without gaps"
    case .repeatedItem: "list each item once"
    case .partialPropensity: "give every shown item its propensity"
    case .brokenMasks: "record the masks that the list was made under"
    case .withoutRanking: "log the ranking that each interaction belongs to"
    case .unknownRanking: "name the log of their rankings too, and check that the ids agree"
    case .beforeRanking: "check the clocks that stamp rankings and interactions"
    case .outsideWindow: "raise --window when people act that late"
    case .itemNotShown: "give all items that were shown their position"
    }
  }
}
