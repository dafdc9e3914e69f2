package import Sessions
import Synchronization

/// The closed loops of a service, shared by all its requests.
package final class ShareControllers: Sendable {
  private let state: Mutex<[ShareController]>
  /// Flags that are measured, in the order of the controllers.
  package let columns: [CandidateColumn]

  package var isEmpty: Bool { columns.isEmpty }

  /// - Parameters:
  ///   - start: weights, summing to 1, that the controlled ones start from.
  ///   - previous: controllers whose configuration is unchanged go on from where they are.
  ///   - restored: those of an earlier process, which go on likewise.
  package init(
    _ configurations: [ShareControllerConfiguration], start: [String: Double],
    previous: ShareControllers? = nil, restored: [ShareController] = []
  ) {
    let old = previous?.controllers ?? restored
    columns = configurations.map { CandidateColumn(.flag, of: $0.flag) }
    state = Mutex(
      configurations.map { configuration in
        old.first { $0.configuration == configuration }
          ?? ShareController(configuration, start: start[configuration.objective] ?? 0)
      })
  }

  package var controllers: [ShareController] { state.withLock { $0 } }

  /// Objectives that are moved.
  package var objectives: [String] { controllers.map(\.configuration.objective) }

  /// The weights with those of all controlled objectives set, each within its bounds, and the others
  /// sharing the rest as before.
  ///
  /// - Parameter weights: one per objective, summing to 1.
  package func applied(to weights: [String: Double]) -> [String: Double] {
    ControlledWeights(controllers).applied(to: weights)
  }

  /// Counts a list that was really served.
  ///
  /// - Parameter flags: one column over the candidates per controller, as `columns` says.
  package func observe(list: [Int], flags: [[Float]]) {
    state.withLock { controllers in
      for index in controllers.indices where index < flags.count {
        let count = list.reduce(0) { $0 + (flags[index][$1] > 0 ? 1 : 0) }
        controllers[index].observe(flagged: count, of: list.count)
      }
    }
  }
}
