import RandomStreams
import Tensors

let seeds = 1...5 as ClosedRange<UInt64>

/// Random inputs of the tests.
extension RandomStream {
  /// Standard normal numbers.
  mutating func floats(_ count: Int, spread: Float = 1) -> [Float] {
    (0..<count).map { _ in spread * Float(normal()) }
  }

  /// Standard normal entries, `[rows, columns]`.
  mutating func matrix(_ rows: Int, _ columns: Int, spread: Float = 1) -> Matrix {
    Matrix(rows: rows, columns: columns, scalars: floats(rows * columns, spread: spread))
  }

  mutating func size(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// Bounds of `segments` stretches of 0...largest rows each, the first from 0.
  mutating func offsets(segments: Int, largest: Int) -> [Int] {
    (0..<segments).reduce(into: [0]) { bounds, _ in
      bounds.append(bounds[bounds.count - 1] + below(largest + 1))
    }
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
