/// One point of a reliability curve: what was promised against what happened.
package struct ReliabilityBin: Codable, Sendable, Equatable {
  /// Predictions in the bin, at least 1.
  package let count: Int
  /// Mean predicted probability.
  package let predicted: Double
  /// Mean label.
  package let observed: Double

  package init(count: Int, predicted: Double, observed: Double) {
    self.count = count
    self.predicted = predicted
    self.observed = observed
  }
}

/// The reliability curve over bins of equal mass, in order of probability.
///
/// Predictions are sorted and cut into `bins` groups of (nearly) equal count, so that rare high
/// probabilities do not leave bins empty as equal widths do (Nixon et al., "Measuring Calibration
/// in Deep Learning", 2019). Equal probabilities are never cut apart: the whole tie goes where its
/// middle falls, so the curve does not depend on the order of the input. Fewer predictions than
/// bins give fewer points; none, or a NaN among them, give an empty curve.
package func reliabilityCurve(
  probabilities: [Double], labels: [Double], mask: [Bool]? = nil, bins: Int = 15
) -> [ReliabilityBin] {
  precondition(bins > 0, "reliabilityCurve needs at least one bin, got \(bins)")
  requirePairs(probabilities, labels)
  var order = counted(labels.count, mask: mask)
  guard !order.contains(where: { probabilities[$0].isNaN }) else { return [] }
  order.sort { probabilities[$0] < probabilities[$1] }

  var counts = [Int](repeating: 0, count: bins)
  var predicted = [Double](repeating: 0, count: bins)
  var observed = [Double](repeating: 0, count: bins)
  for tie in runsOfEqual(order.map { probabilities[$0] }) {
    // Twice the middle rank, to stay with whole numbers.
    let bin = (tie.lowerBound + tie.upperBound - 1) * bins / (2 * order.count)
    for rank in tie {
      counts[bin] += 1
      predicted[bin] += probabilities[order[rank]]
      observed[bin] += labels[order[rank]]
    }
  }
  return (0..<bins).filter { counts[$0] > 0 }.map { bin in
    let n = Double(counts[bin])
    return ReliabilityBin(
      count: counts[bin], predicted: predicted[bin] / n, observed: observed[bin] / n)
  }
}

/// Expected calibration error over bins of equal mass, in 0...1; 0 is perfect.
///
/// `sum_b (n_b / n) * |observed_b - predicted_b|` (Naeini et al., "Obtaining Well Calibrated
/// Probabilities Using Bayesian Binning", AAAI 2015, with the bins of `reliabilityCurve`).
/// Never below 0, never above the largest gap of a bin; nil without predictions or with a NaN.
/// It is biased upwards on few predictions: noise in a bin counts as miscalibration.
package func expectedCalibrationError(
  probabilities: [Double], labels: [Double], mask: [Bool]? = nil, bins: Int = 15
) -> Double? {
  let curve = reliabilityCurve(
    probabilities: probabilities, labels: labels, mask: mask, bins: bins)
  let total = curve.reduce(0) { $0 + $1.count }
  guard total > 0 else { return nil }
  return curve.reduce(0.0) { $0 + Double($1.count) * abs($1.observed - $1.predicted) }
    / Double(total)
}
