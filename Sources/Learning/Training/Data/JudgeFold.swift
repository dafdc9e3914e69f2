import RandomStreams

/// The users whose sessions are the judge's.
package struct JudgeFold: Sendable {
  let share: Double

  /// - Parameter share: of the users, `training.judge.share`.
  package init(share: Double) { self.share = share }

  package var isEmpty: Bool { share <= 0 }

  /// Whether a user, given by the key of their sessions, is the judge's.
  package func holds(_ userKey: UInt64) -> Bool {
    guard !isEmpty else { return false }
    // The parts of the split come from the same key: drawn again, so that the two do not depend.
    var stream = RandomStream(seed: userKey, "training.judge")
    return stream.uniform() < share
  }
}
