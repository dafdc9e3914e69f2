import Synchronization

/// What a policy has prepared for the weights that were asked for lately.
///
/// Most traffic uses a handful of presets, and preparing a w can cost about as much as the rest of
/// a request.
package final class PreparedWeightsCache: Sendable {
  static let capacity = 256

  private struct State {
    var prepared: [[Float]: PreparedWeights] = [:]
    /// Weights in the order of their arrival; the oldest makes room.
    var arrivals: [[Float]] = []
  }

  private let state = Mutex(State())

  package init() {}

  /// `weights` prepared by `policy`, now or before; a cache is for one policy.
  package func prepared(_ weights: [Float], by policy: any ListPolicy) -> PreparedWeights {
    if let known = state.withLock({ $0.prepared[weights] }) { return known }
    // Made outside the lock: two threads may do it twice, with the same result.
    let made = policy.prepare(weights)
    state.withLock { state in
      guard state.prepared[weights] == nil else { return }
      if state.arrivals.count == Self.capacity {
        state.prepared[state.arrivals.removeFirst()] = nil
      }
      state.prepared[weights] = made
      state.arrivals.append(weights)
    }
    return made
  }
}
