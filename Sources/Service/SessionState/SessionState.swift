package import EventIngest
import Foundation
package import Sessions
import Synchronization

/// What users of a service saw and did lately, in this process's memory.
///
/// The histories are those that `fader ingest` makes of the service's own event log, by the same code:
/// what a model is asked with is what it was trained on. After a start they are made again of that log.
package final class SessionState: Sendable {
  private let histories: Mutex<UserHistories>
  let window: Double

  package init(_ configuration: SessionStateConfiguration) {
    window = configuration.windowSeconds
    histories = Mutex(
      UserHistories(
        HistoryOptions(lengths: configuration.lengths, window: window),
        users: configuration.users, lists: configuration.lists))
  }

  package var userCount: Int { histories.withLock { $0.userCount } }

  /// What a user saw and did before `time`, oldest first; nothing for someone without an id.
  package func history(of user: String, before time: Double) -> [Behaviour] {
    user.isEmpty ? [] : histories.withLock { $0.history(of: user, before: time) }
  }

  /// A list was served.
  package func show(_ items: [Candidate], in list: String, to user: String, at time: Double) {
    guard !user.isEmpty else { return }
    histories.withLock { $0.show(items, in: list, to: user, at: time) }
  }

  /// Users did something with items of served lists.
  ///
  /// - Returns: how many belong to a list that is remembered.
  @discardableResult
  package func add(_ interactions: [InteractionEvent]) -> Int {
    histories.withLock { histories in interactions.count { histories.add($0) } }
  }
}
