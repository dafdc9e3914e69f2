/// `(x - mean) / standard deviation` within the candidates of one request, held to -4...4.
struct Standardisation {
  private let mean: Float
  private let perDeviation: Float

  /// A column without spread is standardised to 0.
  init(_ column: [Float]) {
    let count = Float(max(column.count, 1))
    let mean = column.reduce(0, +) / count
    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    // Below this the spread is rounding of equal numbers.
    let deviation = variance.squareRoot()
    perDeviation = deviation > 1e-6 * max(abs(mean), 1e-20) ? 1 / deviation : 0
  }

  func callAsFunction(_ number: Float) -> Float {
    max(-4, min(4, (number - mean) * perDeviation))
  }
}
