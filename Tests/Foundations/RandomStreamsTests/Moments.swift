/// Mean and variance of a sample, and how far chance may move them.
struct Moments {
  let count: Int
  let mean: Double
  let variance: Double
  /// Third and fourth central moments over the matching powers of the deviation.
  let skewness: Double
  let kurtosis: Double

  init(_ sample: [Double]) {
    let n = Double(sample.count)
    let mean = sample.reduce(0, +) / n
    func central(_ power: Int) -> Double {
      sample.reduce(0) { sum, x in
        sum + (0..<power).reduce(1) { product, _ in product * (x - mean) }
      } / n
    }
    count = sample.count
    self.mean = mean
    variance = central(2)
    skewness = central(3) / (variance * variance.squareRoot())
    kurtosis = central(4) / (variance * variance)
  }

  /// Five standard errors of the mean of a variable with this variance.
  func slack(variance: Double) -> Double { 5 * (variance / Double(count)).squareRoot() }

  /// Five standard errors of the variance; `kurtosis` is the variable's fourth moment over its
  /// variance squared.
  func slack(variance: Double, kurtosis: Double) -> Double {
    5 * variance * ((kurtosis - 1) / Double(count)).squareRoot()
  }
}
