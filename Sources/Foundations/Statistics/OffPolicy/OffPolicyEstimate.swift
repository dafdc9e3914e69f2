/// What a target policy would earn per list, as far as a log can tell.
package struct OffPolicyEstimate: Codable, Sendable, Equatable {
  package let estimator: OffPolicyEstimator
  /// Mean over lists of the summed rewards of their slots.
  package let value: Double
  /// Percentile bootstrap over clusters; nil for fewer than two clusters, or where refused.
  package let bootstrap: Interval?
  /// The normal law with the standard error over clusters; nil for fewer than two clusters, or where
  /// refused.
  package let normal: Interval?
  /// Why there are no intervals, where the weights do not support them.
  package let intervalRefusal: String?
  package let slates: Int
  package let clusters: Int
  package let weights: WeightSummary
}

extension OffPolicyEstimator {
  /// The estimate from all slates, or why there is none.
  ///
  /// Refused are input that is missing or out of its range, and weights that speak of missing
  /// support or wrong propensities (`OffPolicyOptions`); the mean weight is not judged for fewer
  /// than two clusters, where its error is unknown. The same generator state gives the same
  /// intervals in whatever order slates come, up to rounding.
  package func estimate(
    _ slates: [LoggedSlate], options: OffPolicyOptions = OffPolicyOptions(),
    using generator: inout some RandomNumberGenerator
  ) throws(OffPolicyEstimatorError) -> OffPolicyEstimate {
    guard !slates.isEmpty else { throw .noSlates }
    for (index, slate) in slates.enumerated() { try slate.check(for: self, at: index) }
    let (clusters, count) = clusterNumbers(of: slates)
    let weights = slates.map { self.weights(of: $0) }
    let summary = WeightSummary(
      weights: weights, clusters: clusters, clusterCount: count,
      maximumWeight: options.maximumWeight)
    try summary.check(options, slates: slates.count)

    let limit = options.maximumWeight ?? .infinity
    var ratio = ClusterRatio(clusters: count)
    for (index, slate) in slates.enumerated() {
      let clipped = weights[index].map { min($0, limit) }
      ratio.add(
        contribution(of: slate, weights: clipped), per: mass(weights: clipped),
        cluster: clusters[index])
    }
    guard let value = ratio.value else {
      throw .tooFewEffectiveSlates(0, minimum: options.minimumEffectiveSlates, of: slates.count)
    }
    let refusal = summary.intervalRefusal(options)
    let bootstrap = ratio.bootstrapInterval(
      level: options.level, samples: options.samples, using: &generator)
    return OffPolicyEstimate(
      estimator: self, value: value, bootstrap: refusal == nil ? bootstrap : nil,
      normal: refusal == nil ? ratio.normalInterval(level: options.level) : nil,
      intervalRefusal: refusal, slates: slates.count, clusters: count, weights: summary)
  }

  /// Per slate its cluster's number, in the order of the keys: that of a dictionary would change.
  private func clusterNumbers(of slates: [LoggedSlate]) -> (numbers: [Int], count: Int) {
    let keys = Set(slates.map(\.cluster)).sorted()
    var numbers: [UInt64: Int] = [:]
    for (number, key) in keys.enumerated() { numbers[key] = number }
    return (slates.map { numbers[$0.cluster, default: 0] }, keys.count)
  }
}

extension WeightSummary {
  /// Why the weights support no interval; nil where they do.
  fileprivate func intervalRefusal(_ options: OffPolicyOptions) -> String? {
    guard meanStandardError != nil, abs(mean - 1) > options.meanWeightForIntervals else {
      return nil
    }
    return "no interval: the mean weight is \(mean.rounded(to: 100)), expected 1 within "
      + "\(options.meanWeightForIntervals); the largest weights are missing from so small a log"
  }

  fileprivate func check(_ options: OffPolicyOptions, slates: Int) throws(OffPolicyEstimatorError) {
    guard effectiveSlates > 0, effectiveSlates >= options.minimumEffectiveSlates else {
      throw .tooFewEffectiveSlates(
        effectiveSlates, minimum: options.minimumEffectiveSlates, of: slates)
    }
    let distance = abs(mean - 1)
    if let error = meanStandardError, distance > OffPolicyOptions.meanWeightSlack,
      distance / error > options.meanWeightLimit
    {
      throw .meanWeightOff(mean, standardError: error, limit: options.meanWeightLimit)
    }
  }
}
