/// The product of one row and a matrix, which is as fast as the matrix can be read.
///
/// Inner steps whose factor is 0 are left out: half of the units behind a ReLU.
struct RowProduct {
  /// From this many columns on a row is worth the trouble.
  static let width = 64
  /// Up to this many columns the result stays in registers while the matrix goes by.
  private static let narrow = 1024

  private let left: LeftFactor
  private let right: RightFactor
  private let inner: Int
  private let columns: Int

  init(_ left: LeftFactor, _ right: RightFactor, inner: Int, columns: Int) {
    self.left = left
    self.right = right
    self.inner = inner
    self.columns = columns
  }

  func run(into c: Output, start: TileStart, rectified: Bool) {
    switch start {
    case .zero: c.update(repeating: 0, count: columns)
    case .row(let bias): c.update(from: bias, count: columns)
    case .result: break
    }
    if columns <= Self.narrow { addInRegisters(into: c) } else { addInGroups(into: c) }
    if rectified { map(c, into: c, columns) { $0.replacing(with: 0, where: $0 .< 0) } }
  }

  private func addInRegisters(into c: Output) {
    var j = 0
    while j &+ 192 <= columns {
      addStrip(InlineArray<12, Void>.self, column: j, into: c)
      j &+= 192
    }
    while j &+ 128 <= columns {
      addStrip(InlineArray<8, Void>.self, column: j, into: c)
      j &+= 128
    }
    while j &+ 64 <= columns {
      addStrip(InlineArray<4, Void>.self, column: j, into: c)
      j &+= 64
    }
    while j &+ 16 <= columns {
      addStrip(InlineArray<1, Void>.self, column: j, into: c)
      j &+= 16
    }
    guard j < columns else { return }
    for p in 0..<inner {
      let row = right.base + p &* right.stride
      for column in j..<columns {
        c[column] = fused(left.base[p &* left.step], row[column], c[column])
      }
    }
  }

  @inline(__always)
  private func addStrip<let V: Int>(
    _ vectors: InlineArray<V, Void>.Type, column: Int, into c: Output
  ) {
    var sums = InlineArray<V, Lanes>(repeating: .zero)
    for v in 0..<V { sums[v] = load(c, column &+ 16 &* v) }
    var row = right.base + column
    var factor = left.base
    for _ in 0..<inner {
      let x = Lanes(repeating: factor[0])
      for v in 0..<V { sums[v] = fused(x, load(row, 16 &* v), sums[v]) }
      row += right.stride
      factor += left.step
    }
    for v in 0..<V { store(sums[v], c, column &+ 16 &* v) }
  }

  /// Eight rows that count in one pass over the result: a wide matrix is read row by row, as it
  /// lies.
  private func addInGroups(into c: Output) {
    var p = 0
    while p < inner {
      var rows = InlineArray<8, Int>(repeating: 0)
      var factors = InlineArray<8, Float>(repeating: 0)
      var count = 0
      while p < inner, count < 8 {
        let factor = left.base[p &* left.step]
        if factor != 0 {
          rows[count] = p
          factors[count] = factor
          count &+= 1
        }
        p &+= 1
      }
      if count == 8 {
        addEight(rows, factors, into: c)
      } else {
        for i in 0..<count {
          accumulate(factors[i], right.base + rows[i] * right.stride, into: c, columns)
        }
      }
    }
  }

  /// `c += sum_i factor_i row_i`, in the order of i.
  private func addEight(
    _ rows: InlineArray<8, Int>, _ factors: InlineArray<8, Float>, into c: Output
  ) {
    var j = 0
    while j &+ 16 <= columns {
      var sum = load(c, j)
      for i in 0..<8 {
        sum = fused(
          Lanes(repeating: factors[i]), load(right.base, rows[i] &* right.stride &+ j), sum)
      }
      store(sum, c, j)
      j &+= 16
    }
    while j < columns {
      for i in 0..<8 {
        c[j] = fused(factors[i], right.base[rows[i] &* right.stride &+ j], c[j])
      }
      j &+= 1
    }
  }
}
