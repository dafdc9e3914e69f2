import Features
package import ItemLabels
import Objectives

/// Held-out sessions as the referee by labels sees them: items that were shown, and the feedback
/// that each of them really got.
package struct LabelledSessions: Sendable {
  /// One per binary feedback kind that objectives predict and that orders some session.
  package let parts: [Part]

  package struct Part: Sendable {
    package let target: LabelTarget
    /// Those whose items differ in the target's labels.
    package let sessions: [ShownItems]
  }

  package init(_ sessions: [ShownItems], targets: [LabelTarget]) {
    parts = targets.map { target in
      Part(target: target, sessions: sessions.filter { $0.isOrdered(by: target.kind) })
    }.filter { !$0.sessions.isEmpty }
  }

  /// Sessions looked at for each one that is wanted: most logs have some that order nothing.
  private static let reach = 4

  /// At most `limit` sessions of the caches, spread over them, whose labels order something.
  init(
    _ caches: [SessionCache], targets: [LabelTarget], layout: FeatureLayout, seed: UInt64,
    limit: Int
  ) throws {
    let kinds = targets.map(\.kind)
    var found: [ShownItems] = []
    for cache in caches {
      let sessions = try cache.sessions(at: cache.spread(Self.reach * limit))
      for session in sessions {
        guard
          let items = ShownItems(
            session, kinds: kinds, layout: layout, seed: seed, number: found.count),
          kinds.contains(where: items.isOrdered)
        else { continue }
        found.append(items)
      }
    }
    let count = min(limit, found.count)
    self.init((0..<count).map { found[$0 * found.count / count] }, targets: targets)
  }
}
