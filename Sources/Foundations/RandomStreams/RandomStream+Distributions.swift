import Foundation

extension RandomStream {
  /// Uniform in [0, 1), 53 bits.
  package mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform whole number in 0..<bound.
  package mutating func below(_ bound: Int) -> Int {
    Int.random(in: 0..<bound, using: &self)
  }

  /// Standard normal (Box-Muller, cosine branch).
  package mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Gamma with the given shape > 0 and scale 1 (Marsaglia and Tsang, 2000).
  package mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0, "gamma needs a shape above 0, got \(shape)")
    if shape < 1 {
      // The boost for small shapes from the same paper.
      return gamma(shape: shape + 1) * pow(1 - uniform(), 1 / shape)
    }
    let d = shape - 1 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cube = v * v * v
      if log(1 - uniform()) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
    }
  }

  /// Point of the simplex with the given concentrations, each above 0; sums to 1.
  package mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    let draws = concentrations.map { gamma(shape: $0) }
    let total = draws.reduce(0, +)
    // All draws can underflow together for tiny concentrations; a corner is what the limit gives.
    guard total > 0 else {
      let corner = below(concentrations.count)
      return concentrations.indices.map { $0 == corner ? 1 : 0 }
    }
    return draws.map { $0 / total }
  }

  /// 0..<count in random order.
  package mutating func permutation(_ count: Int) -> [Int] {
    (0..<count).shuffled(using: &self)
  }
}
