import JSON
import Sessions
import Steering

extension RankRequest {
  /// What the request asks for beyond what the operator allows; presets and the configured strategy
  /// are the operator's own and may go further.
  func excesses(over limits: LimitsConfiguration) -> [RankError] {
    var faults: [RankError] = []
    func text(_ number: Double) -> String { JSONValue.number(number).summary }
    func hold(_ asked: Double, to most: Double, at pointer: String, _ unit: String) {
      guard asked > most else { return }
      faults.append(
        RankError(
          at: pointer, expected: "at most \(text(most)) \(unit), the limit of this service",
          got: text(asked), remedy: "ask for less"))
    }
    if let size { hold(Double(size), to: Double(limits.size), at: "/size", "items") }
    if let strategy {
      if strategy.kind != .greedy {
        hold(Double(strategy.lists), to: Double(limits.lists), at: "/strategy/lists", "lists")
      }
      hold(
        Double(strategy.searchedLists), to: Double(limits.searchedLists),
        at: "/strategy/searched_lists", "lists")
    }
    if let deadlineMilliseconds {
      hold(
        deadlineMilliseconds, to: limits.deadlineMilliseconds, at: "/deadline_ms", "milliseconds")
    }
    return faults
  }
}
