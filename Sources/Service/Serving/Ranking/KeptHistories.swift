import Features
import Sessions
import Synchronization

/// Users' histories as numbers, and what the models of a checkpoint made of them, for the users who
/// asked lately.
///
/// One user's 70 behaviours take about 60 kB with a generator and three evaluators of the default
/// widths.
final class KeptHistories: Sendable {
  /// Users.
  static let capacity = 1024

  /// A user's history as it was last.
  private struct Entry {
    var memory = HistoryMemory()
    var behaviours: [Behaviour] = []
    var encoded: (histories: [EncodedHistory], kept: KeptHistory)?
  }

  private struct State {
    var entries: [String: Entry] = [:]
    /// Users in the order in which they came; the oldest makes room.
    var arrivals: [String] = []
    var oldest = 0

    mutating func keep(_ entry: Entry, of user: String) {
      if entries.updateValue(entry, forKey: user) != nil { return }
      if arrivals.count < KeptHistories.capacity {
        arrivals.append(user)
      } else {
        entries[arrivals[oldest]] = nil
        arrivals[oldest] = user
        oldest = (oldest + 1) % KeptHistories.capacity
      }
    }
  }

  private let state = Mutex(State())

  /// A history as numbers, and where what models make of it is kept.
  ///
  /// - Parameter encode: called unless the user's history is what it was last.
  func encoded(
    _ behaviours: [Behaviour], of user: User, by encode: ([Behaviour]) -> [EncodedHistory]
  ) -> ([EncodedHistory], KeptHistory) {
    // Nobody by name: several models and several looks of one request share a memory all the same.
    let known = user.id.isEmpty ? nil : state.withLock { $0.entries[user.id] }
    if let known, let encoded = known.encoded, known.behaviours == behaviours { return encoded }
    var entry = known ?? Entry()
    let histories = encode(behaviours)
    let result = (histories: histories, kept: KeptHistory(histories, in: entry.memory))
    guard !user.id.isEmpty else { return result }
    entry.behaviours = behaviours
    entry.encoded = result
    state.withLock { $0.keep(entry, of: user.id) }
    return result
  }
}
