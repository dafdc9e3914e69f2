/// A matrix whose numbers are kept in 16 bits: a Float's sign, exponent and upper 7 bits of
/// fraction. It is only ever read, and takes half the memory that a `Matrix` takes.
public struct BrainFloatMatrix: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// A row's words. Word 16 q + i holds, of the row's q-th 32 numbers, number i in its lower half
  /// and number 16 + i in its upper one, so that a shift and a mask give whole registers of Floats.
  private let stride: Int
  private let words: [UInt32]

  /// Each number rounded to the nearest that 16 bits can hold, ties to the even one.
  public init(_ matrix: Matrix) {
    let stride = 16 * ((matrix.columns + 31) / 32)
    var words = [UInt32](repeating: 0, count: matrix.rows * stride)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        let half = UInt32(Self.rounded(matrix[row, column]))
        words[row * stride + Self.word(column)] |= half << Self.shift(column)
      }
    }
    (rows, columns, self.stride, self.words) = (matrix.rows, matrix.columns, stride, words)
  }

  /// The rounded number as a Float.
  public subscript(row: Int, column: Int) -> Float {
    let word = words[row * stride + Self.word(column)]
    return Float(bitPattern: (word >> Self.shift(column)) << 16)
  }

  /// The upper half of the nearest Float whose lower half is 0; NaN stays NaN.
  package static func rounded(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    // Rounded up, a NaN's fraction could run over into the exponent; cut off, it could vanish.
    if value.isNaN { return UInt16(bits >> 16) | 0x40 }
    return UInt16((bits + 0x7fff + (bits >> 16 & 1)) >> 16)
  }

  /// `factors [rows] x self` -> `[1, columns]`, each number summed from the top row down in Floats,
  /// without the rows whose factor is 0.
  package func product(_ factors: [Float]) -> Matrix {
    precondition(factors.count == rows, "\(factors.count) factors for \(rows) rows")
    let used = factors.indices.filter { factors[$0] != 0 }
    let scalars = [Float](unsafeUninitializedCapacity: 2 * stride) { result, initialised in
      result.update(repeating: 0)
      words.withUnsafeBufferPointer { words in
        guard let c = result.baseAddress, let words = words.baseAddress else { return }
        var first = 0
        while first + Self.together <= used.count {
          addRows(used, factors, from: first, words, into: c)
          first += Self.together
        }
        for i in used[first...] { addRow(words + i * stride, factors[i], into: c) }
      }
      initialised = columns
    }
    return Matrix(rows: 1, columns: columns, scalars: scalars)
  }

  /// Rows in one pass over the result.
  private static let together = 8

  private static func word(_ column: Int) -> Int { column / 32 * 16 + column % 16 }
  private static func shift(_ column: Int) -> UInt32 { column % 32 < 16 ? 0 : 16 }

  private func addRows(
    _ used: [Int], _ factors: [Float], from first: Int, _ words: UnsafePointer<UInt32>,
    into c: Output
  ) {
    var offsets = InlineArray<8, Int>(repeating: 0)
    var scales = InlineArray<8, Float>(repeating: 0)
    for i in 0..<Self.together {
      offsets[i] = used[first + i] * stride
      scales[i] = factors[used[first + i]]
    }
    var j = 0
    while j < stride {
      var low = load(c, 2 &* j)
      var high = load(c, 2 &* j &+ 16)
      for i in 0..<8 {
        let pair = Pair(words + (offsets[i] &+ j))
        let scale = Lanes(repeating: scales[i])
        low = fused(scale, pair.low, low)
        high = fused(scale, pair.high, high)
      }
      store(low, c, 2 &* j)
      store(high, c, 2 &* j &+ 16)
      j &+= 16
    }
  }

  private func addRow(_ row: UnsafePointer<UInt32>, _ factor: Float, into c: Output) {
    let scale = Lanes(repeating: factor)
    var j = 0
    while j < stride {
      let pair = Pair(row + j)
      store(fused(scale, pair.low, load(c, 2 &* j)), c, 2 &* j)
      store(fused(scale, pair.high, load(c, 2 &* j &+ 16)), c, 2 &* j &+ 16)
      j &+= 16
    }
  }
}

/// The 32 numbers of sixteen words.
private struct Pair {
  let low: Lanes
  let high: Lanes

  @inline(__always)
  init(_ words: UnsafePointer<UInt32>) {
    let bits = UnsafeRawPointer(words).loadUnaligned(as: SIMD16<UInt32>.self)
    low = unsafeBitCast(bits &<< 16, to: Lanes.self)
    high = unsafeBitCast(bits & 0xffff_0000, to: Lanes.self)
  }
}
