import Foundation

/// How much is done per second, smoothed over about the last ten seconds.
struct ProgressPace: Sendable {
  static let memorySeconds = 10.0

  private var time: Double
  private var done: Int
  /// nil until some time has passed.
  private(set) var rate: Double?

  init(time: Double, done: Int) {
    self.time = time
    self.done = done
  }

  mutating func update(time now: Double, done: Int) {
    let passed = now - time
    guard passed > 0 else { return }
    let current = Double(done - self.done) / passed
    let old = rate ?? current
    rate = old + (current - old) * (1 - exp(-passed / Self.memorySeconds))
    time = now
    self.done = done
  }
}
