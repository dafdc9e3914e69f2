/// Running standard deviation per objective over utility vectors (Welford, 1962).
package struct ScaleMeter: Sendable {
  package private(set) var count = 0
  private var mean: [Double]
  private var squares: [Double]

  /// - Parameter objectives: k, the length of each vector.
  package init(objectives: Int) {
    mean = [Double](repeating: 0, count: objectives)
    squares = mean
  }

  /// Takes in the utilities of one list, `[k]`.
  package mutating func add(_ utilities: [Float]) {
    precondition(
      utilities.count == mean.count, "\(mean.count) utilities expected, got \(utilities.count)")
    count += 1
    for (i, utility) in utilities.enumerated() {
      let before = Double(utility) - mean[i]
      mean[i] += before / Double(count)
      squares[i] += before * (Double(utility) - mean[i])
    }
  }

  package var means: [Float] { mean.map(Float.init) }

  /// Over `count - 1`; 0 for fewer than two vectors.
  package var standardDeviations: [Float] {
    squares.map { count > 1 ? Float(($0 / Double(count - 1)).squareRoot()) : 0 }
  }
}
