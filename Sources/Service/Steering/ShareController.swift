/// A discrete PID controller of one weight or one price (Astrom and Hagglund, "Advanced PID Control", 2006).
///
/// `weight = clamp(base + P e + I sum(e) - D (share - last share))` with `e = target - share`. The
/// derivative is taken of the measurement, so that a new target gives no kick. Anti-windup by
/// conditional integration: while the output is at a bound, errors that would push it further are
/// not summed, so it leaves the bound at the first error of the other sign.
///
/// A price works the other way round: it rises with `share - target`. With the integral alone that is the
/// update of a dual variable, `lambda = max(0, lambda + eta (share - target))`.
package struct ShareController: Sendable, Equatable, Codable {
  package let configuration: ShareControllerConfiguration
  /// The objective's weight from now on, in `minimum...maximum`.
  package private(set) var weight: Double
  /// Share over the lists before the last update; nil before the first.
  package private(set) var share: Double?
  /// Whether the last update wanted more than the bounds allow.
  package private(set) var isSaturated = false
  package private(set) var updates = 0

  private let base: Double
  private var sum = 0.0
  private var flagged = 0.0
  private var places = 0.0
  private var lists = 0

  /// - Parameter start: the weight to start from, usually the preset's.
  package init(_ configuration: ShareControllerConfiguration, start: Double) {
    self.configuration = configuration
    base = min(max(start, configuration.minimum), configuration.maximum)
    weight = base
  }

  /// Counts a list that was served; every `every` lists the weight is updated.
  ///
  /// - Parameters:
  ///   - count: places with flagged items, each as often as it is seen.
  ///   - places: all places, likewise.
  /// - Returns: whether it was.
  @discardableResult
  package mutating func observe(flagged count: Double, of places: Double) -> Bool {
    flagged += count
    self.places += places
    lists += 1
    guard lists >= configuration.every, self.places > 0 else { return false }
    update(share: flagged / self.places)
    (flagged, self.places, lists) = (0, 0, 0)
    return true
  }

  private mutating func update(share now: Double) {
    let c = configuration
    let direction = c.channel == nil ? 1.0 : -1.0
    let error = direction * (c.target - now)
    let change = direction * (share.map { now - $0 } ?? 0)
    func output(_ sum: Double) -> Double {
      base + c.proportional * error + c.integral * sum - c.derivative * change
    }
    let wanted = output(sum + error)
    isSaturated = wanted > c.maximum || wanted < c.minimum
    let pushesOut = (wanted > c.maximum && error > 0) || (wanted < c.minimum && error < 0)
    if !pushesOut { sum += error }
    weight = min(max(output(sum), c.minimum), c.maximum)
    // Held at the bound it was pushed to, though the sum stays where it was.
    if pushesOut { weight = wanted > c.maximum ? c.maximum : c.minimum }
    share = now
    updates += 1
  }
}
