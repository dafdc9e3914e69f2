import CKernels

/// A matrix whose numbers are kept in 16 bits: a Float's sign, exponent and upper 7 bits of
/// fraction. It is only ever read, and takes half the memory that a `Matrix` takes.
package struct BrainFloatMatrix: Sendable, Equatable {
  package let rows: Int
  package let columns: Int
  /// A row's words. Word 16 q + i holds, of the row's q-th 32 numbers, number i in its lower half
  /// and number 16 + i in its upper one, so that a shift and a mask give whole registers of Floats.
  private let stride: Int
  private let words: [UInt32]

  /// Each number rounded to the nearest that 16 bits can hold, ties to the even one.
  package init(_ matrix: Matrix) {
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
  package subscript(row: Int, column: Int) -> Float {
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
    let scalars = [Float](unsafeUninitializedCapacity: 2 * stride) { result, initialised in
      result.update(repeating: 0)
      words.withUnsafeBufferPointer { words in
        factors.withUnsafeBufferPointer { factors in
          guard let c = result.baseAddress, let words = words.baseAddress,
            let factors = factors.baseAddress
          else { return }
          kernels.pointee.brain_product(words, stride, factors, rows, c)
        }
      }
      initialised = columns
    }
    return Matrix(rows: 1, columns: columns, scalars: scalars)
  }

  private static func word(_ column: Int) -> Int { column / 32 * 16 + column % 16 }
  private static func shift(_ column: Int) -> UInt32 { column % 32 < 16 ? 0 : 16 }
}
