import Foundation

/// One figure of one method over the seeds.
package struct FigureSummary: Codable, Sendable, Equatable {
  package let mean: Double
  /// Standard deviation over the seeds; 0 for one seed.
  package let deviation: Double
  /// 95 % interval of the mean by Student's t; nil for one seed.
  package let low: Double?
  package let high: Double?
  package let seeds: [Double]

  /// Nil without a value.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    seeds = values
    guard values.count > 1 else {
      (deviation, low, high) = (0, nil, nil)
      return
    }
    deviation = (squares / (n - 1)).squareRoot()
    let reach = studentQuantile(freedom: values.count - 1) * deviation / n.squareRoot()
    (low, high) = (mean - reach, mean + reach)
  }
}

/// 97.5 % quantile of Student's t; the normal one from 30 degrees of freedom on.
func studentQuantile(freedom: Int) -> Double {
  let table = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045,
  ]
  return freedom <= table.count ? table[max(0, freedom - 1)] : 1.96
}
