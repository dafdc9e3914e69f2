package import Features

/// One user's sessions in the order of time: the earlier ones to fit a slice to, the later ones to ask
/// about.
package struct UserTask: Sendable {
  package let user: UInt64
  package let support: [EncodedSession]
  package let query: [EncodedSession]

  /// Tasks of all users with at least two sessions, in the order of their keys.
  ///
  /// - Parameter share: of a user's sessions, the earliest, that are support.
  package static func all(_ sessions: [EncodedSession], share: Double = 0.6) -> [UserTask] {
    Dictionary(grouping: sessions, by: \.userKey).sorted { $0.key < $1.key }
      .compactMap { user, own in
        let own = own.sorted { $0.time < $1.time }
        let support = min(own.count - 1, max(1, Int((Double(own.count) * share).rounded())))
        guard own.count > 1 else { return nil }
        return UserTask(
          user: user, support: Array(own.prefix(support)), query: Array(own.dropFirst(support)))
      }
  }

  /// Shown items of the support that the user reached.
  package var activity: Int {
    support.reduce(0) { sum, session in
      sum + (session.feedback.first?.count { !$0.isNaN } ?? 0)
    }
  }
}
