/// Mean of `(prediction - target)^2` over the unmasked entries; nil when there is none.
public func meanSquaredError(
  predictions: [Double], targets: [Double], mask: [Bool]? = nil
) -> Double? {
  meanError(predictions, targets, mask) { $0 * $0 }
}

/// Mean of `|prediction - target|` over the unmasked entries; nil when there is none.
public func meanAbsoluteError(
  predictions: [Double], targets: [Double], mask: [Bool]? = nil
) -> Double? {
  meanError(predictions, targets, mask) { abs($0) }
}

/// Mean Huber loss over the unmasked entries; nil when there is none.
///
/// `e^2 / 2` for `|e| <= delta`, else `delta * (|e| - delta / 2)`: a square near 0, a line far out
/// (Huber, "Robust Estimation of a Location Parameter", 1964). Never above half the squared error.
public func huberLoss(
  predictions: [Double], targets: [Double], mask: [Bool]? = nil, delta: Double = 1
) -> Double? {
  precondition(delta > 0, "huberLoss needs a delta above 0, got \(delta)")
  return meanError(predictions, targets, mask) { error in
    let size = abs(error)
    return size <= delta ? size * size / 2 : delta * (size - delta / 2)
  }
}

private func meanError(
  _ predictions: [Double], _ targets: [Double], _ mask: [Bool]?, _ loss: (Double) -> Double
) -> Double? {
  requirePairs(predictions, targets)
  let indices = counted(targets.count, mask: mask)
  guard !indices.isEmpty else { return nil }
  return indices.reduce(0.0) { $0 + loss(predictions[$1] - targets[$1]) } / Double(indices.count)
}
