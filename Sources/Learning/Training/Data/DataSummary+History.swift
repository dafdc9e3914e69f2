import Features
import Sessions

extension DataSummary {
  /// Types that are told apart; a log of garbage has no end of them.
  private static let mostTypes = 20

  mutating func countHistory(of session: Session) {
    guard !session.request.history.isEmpty else { return }
    withHistory += 1
    for type in Set(session.request.history.map(\.type)) where !isRead(type) {
      if unreadTypes.count < Self.mostTypes { unreadTypes.insert(type) }
    }
  }

  private func isRead(_ type: String) -> Bool { readTypes.contains(type) }

  /// What the sessions tell of users' past and no sequence of the schema reads, worded for the user; nil
  /// where there is no such thing.
  var historyRemark: String? {
    guard !unreadTypes.isEmpty else { return nil }
    let types = unreadTypes.sorted().joined(separator: ", ")
    return
      "\(withHistory) of \(count) sessions have histories; no sequence of schema.history reads their "
      + "behaviours of type \(types): name them there, and models see what users just did"
  }
}
