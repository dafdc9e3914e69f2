import RandomStreams
import Tensors

let seeds = 1...5 as ClosedRange<UInt64>

/// Random inputs of the tests.
extension RandomStream {
  /// Standard normal numbers.
  mutating func floats(_ count: Int) -> [Float] { (0..<count).map { _ in Float(normal()) } }

  /// Standard normal entries, `[rows, columns]`.
  mutating func matrix(_ rows: Int, _ columns: Int, spread: Float = 1) -> Matrix {
    Matrix(
      rows: rows, columns: columns, scalars: floats(rows * columns).map { spread * $0 })
  }

  /// Numbers of either sign with magnitudes in 0.2 ..< 1.5: far from a kink at 0.
  mutating func floatsAwayFromZero(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      let magnitude = Float(0.2 + 1.3 * uniform())
      return uniform() < 0.5 ? magnitude : -magnitude
    }
  }

  /// Whole multiples of `unit` from -3 to 3 of them, plus `shift`.
  mutating func grid(_ rows: Int, _ columns: Int, unit: Float, shift: Float = 0) -> Matrix {
    let scalars = (0..<rows * columns).map { _ in Float(below(7) - 3) * unit + shift }
    return Matrix(rows: rows, columns: columns, scalars: scalars)
  }

  mutating func size(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// Bounds of `segments` stretches of 0...largest rows, the last of them not empty.
  mutating func offsets(segments: Int, largest: Int) -> [Int] {
    (0..<segments).reduce(into: [0]) { bounds, segment in
      let length = segment == segments - 1 ? size(1...largest) : below(largest + 1)
      bounds.append(bounds[bounds.count - 1] + length)
    }
  }

  /// Row numbers below `rows`, one in `rows + 1` of them -1; the first is never negative.
  mutating func indices(_ count: Int, below rows: Int) -> [Int32] {
    (0..<count).map { Int32($0 == 0 ? below(rows) : below(rows + 1) - 1) }
  }
}

/// Largest distance of two arrays' entries; infinite for different lengths and for NaN.
func distance(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(worst, difference)
  }
}
