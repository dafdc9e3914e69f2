/// The product of one row and a matrix, which is as fast as the matrix can be read.
///
/// Inner steps whose factor is 0 are left out: half of the units behind a ReLU.
struct RowProduct {
  /// From this many columns on a row is worth the trouble.
  static let width = 64
  /// Inner steps that share one pass over the result.
  private static let group = 8

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
    var p = 0
    while p < inner {
      var rows = InlineArray<8, Int>(repeating: 0)
      var factors = InlineArray<8, Float>(repeating: 0)
      var count = 0
      while p < inner, count < Self.group {
        let factor = left.base[p &* left.step]
        if factor != 0 {
          rows[count] = p
          factors[count] = factor
          count &+= 1
        }
        p &+= 1
      }
      if count == Self.group {
        add(rows, factors, into: c)
      } else {
        for i in 0..<count {
          accumulate(factors[i], right.base + rows[i] * right.stride, into: c, columns)
        }
      }
    }
    if rectified { map(c, into: c, columns) { $0.replacing(with: 0, where: $0 .< 0) } }
  }

  /// `c += sum_i factor_i row_i`, in the order of i.
  private func add(
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
      for i in 0..<8 { c[j].addProduct(factors[i], right.base[rows[i] &* right.stride &+ j]) }
      j &+= 1
    }
  }
}
