package import Sessions
import Synchronization

/// The closed loops of a service, shared by all its requests.
package final class ShareControllers: Sendable {
  private let state: Mutex<[ShareController]>
  /// Flags that are measured, in the order of the controllers.
  package let columns: [CandidateColumn]

  package var isEmpty: Bool { columns.isEmpty }

  /// How often each place is seen, relative to the one above it, where prices of channels are moved.
  private let viewDecay: Double

  /// - Parameters:
  ///   - start: weights, summing to 1, that the controlled ones start from.
  ///   - channels: of the model's mixed feed, by name: flag and price.
  ///   - viewDecay: how often a place of a mixed feed is seen, relative to the one above it.
  ///   - previous: controllers whose configuration is unchanged go on from where they are.
  ///   - restored: those of an earlier process, which go on likewise.
  package init(
    _ configurations: [ShareControllerConfiguration], start: [String: Double],
    channels: [String: (flag: String, price: Double)] = [:], viewDecay: Double = 1,
    previous: ShareControllers? = nil, restored: [ShareController] = []
  ) {
    let old = previous?.controllers ?? restored
    self.viewDecay = viewDecay
    columns = configurations.map { configuration in
      let channel = configuration.channel.flatMap { channels[$0]?.flag }
      return CandidateColumn(.flag, of: configuration.flag ?? channel ?? "")
    }
    state = Mutex(
      configurations.map { configuration in
        old.first { $0.configuration == configuration }
          ?? ShareController(
            configuration,
            start: configuration.objective.flatMap { start[$0] }
              ?? configuration.channel.flatMap { channels[$0]?.price } ?? 0)
      })
  }

  package var controllers: [ShareController] { state.withLock { $0 } }

  /// Objectives that are moved.
  package var objectives: [String] {
    controllers.compactMap(\.configuration.objective)
  }

  /// Prices that are moved, by the name of their channel.
  package var prices: [String: Double] {
    let moved = controllers.compactMap { controller in
      controller.configuration.channel.map { ($0, controller.weight) }
    }
    return Dictionary(moved) { first, _ in first }
  }

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
        let decay = controllers[index].configuration.channel == nil ? 1 : viewDecay
        var (flagged, all, view) = (0.0, 0.0, 1.0)
        for item in list {
          if flags[index][item] > 0 { flagged += view }
          all += view
          view *= decay
        }
        controllers[index].observe(flagged: flagged, of: all)
      }
    }
  }
}
