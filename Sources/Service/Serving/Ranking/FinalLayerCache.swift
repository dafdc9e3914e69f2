import Synchronization
import Tensors

/// theta(w) of the weights that were asked for lately.
///
/// Most traffic uses a handful of presets, and theta(w) costs about as much as the rest of a
/// request.
final class FinalLayerCache: Sendable {
  static let capacity = 256

  private struct State {
    var layers: [[Float]: Matrix] = [:]
    /// Weights in the order of their arrival; the oldest makes room.
    var arrivals: [[Float]] = []
  }

  private let state = Mutex(State())

  /// theta for `weights`, made by `make` when it is not at hand.
  func layers(for weights: [Float], _ make: ([Float]) -> Matrix) -> Matrix {
    if let known = state.withLock({ $0.layers[weights] }) { return known }
    // Made outside the lock: two threads may do it twice, with the same result.
    let made = make(weights)
    state.withLock { state in
      guard state.layers[weights] == nil else { return }
      if state.arrivals.count == Self.capacity {
        state.layers[state.arrivals.removeFirst()] = nil
      }
      state.layers[weights] = made
      state.arrivals.append(weights)
    }
    return made
  }
}
