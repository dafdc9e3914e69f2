import Sessions

/// What became of the events of a log.
package struct EventCounts: Sendable, Equatable, Codable {
  /// Well-formed events by kind.
  package var rankings = 0
  package var interactions = 0
  package var itemUpdates = 0
  package var userUpdates = 0
  /// Interactions that reached their session, retractions among them.
  package var joined = 0
  package var retractions = 0
  /// By reason, in the order of `SkipReason`; reasons that did not occur are left out.
  package private(set) var skipped: [SkipTally] = []

  package init() {}

  package func count(of reason: SkipReason) -> Int {
    skipped.first { $0.reason == reason }?.count ?? 0
  }

  mutating func skip(
    _ reason: SkipReason, at location: EventLocation, _ detail: @autoclosure () -> String
  ) {
    if let index = skipped.firstIndex(where: { $0.reason == reason }) {
      skipped[index].add(location, detail())
      return
    }
    var tally = SkipTally(reason: reason)
    tally.add(location, detail())
    skipped.append(tally)
    let order = SkipReason.allCases
    skipped.sort { left, right in
      order.firstIndex(of: left.reason) ?? 0 < order.firstIndex(of: right.reason) ?? 0
    }
  }

  /// Counts a line that is no event.
  mutating func skip(_ fault: FieldError, at location: EventLocation) {
    let reason: SkipReason =
      fault.isMissing && fault.pointer == InteractionEvent.rankingPointer
      ? .withoutRanking
      : fault.isMissing ? .missingField : fault.pointer == "/event" ? .unknownEvent : .badField
    skip(reason, at: location, "\(fault.pointer): got \(fault.got)")
  }
}
