import Foundation

/// Binary cross-entropy in nats, summed in Double over any number of batches.
///
/// `-mean(y * log(p) + (1 - y) * log(1 - p))`, p held inside [1e-7, 1 - 1e-7] so that one certain
/// and wrong prediction costs 16.1 nats and not infinity. Labels may be soft, in 0...1.
/// A NaN probability gives NaN, which no threshold passes; no entries give nil.
package struct LogLoss: Sendable, Equatable {
  /// Distance that probabilities keep from 0 and from 1.
  package static let clamp = 1e-7

  package private(set) var sum = 0.0
  package private(set) var count = 0

  package init() {}

  /// Adds one prediction.
  package mutating func add(probability: Double, label: Double) {
    // The order of the arguments matters: `max` and `min` let a NaN in first place through.
    let p = min(max(probability, LogLoss.clamp), 1 - LogLoss.clamp)
    sum -= label * log(p) + (1 - label) * log1p(-p)
    count += 1
  }

  /// Adds all that another accumulator has seen.
  package mutating func merge(_ other: LogLoss) {
    sum += other.sum
    count += other.count
  }

  /// Nats per entry; nil when nothing was added.
  package var mean: Double? { count > 0 ? sum / Double(count) : nil }

  /// Nats per unmasked entry; nil when there is none.
  package static func mean(
    probabilities: [Double], labels: [Double], mask: [Bool]? = nil
  ) -> Double? {
    requirePairs(probabilities, labels)
    var loss = LogLoss()
    for i in counted(labels.count, mask: mask) {
      loss.add(probability: probabilities[i], label: labels[i])
    }
    return loss.mean
  }
}
