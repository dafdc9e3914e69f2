import Foundation

/// Learning rate over a run: a linear warm-up, then half a cosine down to a floor.
package struct LearningRate: Codable, Sendable, Equatable {
  /// The highest rate.
  package var peak: Double
  /// Steps until the peak.
  package var warmup: Int
  /// Where the cosine ends, as a share of the peak.
  package var floor: Double

  package init(peak: Double, warmup: Int = 20, floor: Double = 0.1) {
    self.peak = peak
    self.warmup = warmup
    self.floor = floor
  }

  /// Rate of step `step` (from 0) of `total`.
  package func rate(step: Int, of total: Int) -> Float {
    if step < warmup { return Float(peak * Double(step + 1) / Double(warmup)) }
    let progress = Double(step - warmup) / Double(max(1, total - warmup))
    let cosine = 0.5 * (1 + cos(Double.pi * min(1, progress)))
    return Float(peak * (floor + (1 - floor) * cosine))
  }
}
