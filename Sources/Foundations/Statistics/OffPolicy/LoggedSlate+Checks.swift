extension LoggedSlate {
  /// Throws unless everything that the estimator reads is there and in its range.
  func check(for estimator: OffPolicyEstimator, at index: Int) throws(OffPolicyEstimatorError) {
    for (slot, logged) in slots.enumerated() {
      let place = OffPolicyEstimatorError.Place(slate: index, slot: slot)
      try place.require(logged.reward, .reward) { $0.isFinite }
      switch estimator {
      case .listIPS, .selfNormalisedIPS, .rewardInteractionIPS:
        try logged.checkConditionals(at: place)
      case .cascadeDoublyRobust:
        try logged.checkConditionals(at: place)
        try place.require(logged.prediction?.logged, .prediction) { $0.isFinite }
        try place.require(logged.prediction?.expected, .prediction) { $0.isFinite }
      }
    }
  }
}

extension LoggedSlot {
  fileprivate func checkConditionals(at place: OffPolicyEstimatorError.Place)
    throws(OffPolicyEstimatorError)
  {
    try place.require(logging, .loggingPropensity) { $0 > 0 && $0 <= 1 }
    try place.require(target, .targetChance) { $0 >= 0 && $0 <= 1 }
  }
}

extension OffPolicyEstimatorError.Place {
  fileprivate func require(
    _ value: Double?, _ quantity: OffPolicyEstimatorError.Quantity, _ isSound: (Double) -> Bool
  ) throws(OffPolicyEstimatorError) {
    guard let value else { throw .missing(quantity, self) }
    guard isSound(value) else { throw .outside(quantity, value, self) }
  }
}
