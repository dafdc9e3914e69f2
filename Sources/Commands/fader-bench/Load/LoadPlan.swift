import Foundation
import RandomStreams

/// One run: how many connections, how long, and when requests fall due.
struct LoadPlan: Sendable {
  let connections: Int
  let seconds: Double
  /// Most requests.
  let count: Int
  /// Requests that are not timed.
  let warmup: Int
  let length: Int
  /// Requests per second; 0 for a closed loop.
  let rate: Double
  /// Seconds from the start at which each request falls due; empty for a closed loop.
  let arrivals: [Double]
  let requests: LoadRequests

  init(_ options: Load, connections: Int, _ requests: LoadRequests) {
    self.connections = connections
    seconds = options.seconds
    warmup = options.warmup
    length = options.length
    rate = options.rate
    self.requests = requests
    guard options.rate > 0 else {
      count = options.count
      arrivals = []
      return
    }
    var stream = RandomStream(seed: 1, "load.arrivals")
    var due: [Double] = []
    var next = 0.0
    while next < options.seconds, due.count < options.count {
      due.append(next)
      next += (options.poisson ? -log(1 - stream.uniform()) : 1) / options.rate
    }
    arrivals = due
    count = due.count
  }
}
