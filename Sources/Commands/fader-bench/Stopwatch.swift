import Benchmarking

/// Seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .seconds(1)
}

/// Seconds of each of `rounds` runs of `body`, after some that do not count.
func samples(_ rounds: Int, warmups: Int = 3, _ body: () throws -> Void) rethrows -> [Double] {
  for _ in 0..<warmups { try body() }
  return try (0..<rounds).map { _ in try seconds(body) }
}

/// Median seconds of `body`.
func median(_ rounds: Int, warmups: Int = 3, _ body: () throws -> Void) rethrows -> Double {
  Statistics.median(try samples(rounds, warmups: warmups, body))
}
