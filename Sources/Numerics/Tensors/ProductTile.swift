import COpenBLAS

/// The left factor of a product: element (i, p) lies at `base[i * row + p * step]`.
struct LeftFactor {
  var base: Input
  /// Distance between rows: the stride, or 1 when transposed.
  let row: Int
  /// Distance between neighbours along the inner dimension.
  let step: Int

  func from(row i: Int, step p: Int) -> LeftFactor {
    LeftFactor(base: base + i * row + p * step, row: row, step: step)
  }
}

/// What a tile starts from.
enum TileStart {
  case zero
  /// What the result holds already.
  case result
  /// The same row of numbers for every row.
  case row(Input)
}

/// Where a tile goes, and how it begins and ends.
struct TileResult {
  var base: Output
  let stride: Int
  var start: TileStart
  /// Negative results become 0.
  let isRectified: Bool
}

/// How many registers wide a full tile of eight rows is: as wide as leaves registers for the right
/// factor. AVX-512 has 32 registers of sixteen, AVX2 16 of eight.
enum TileSize {
  static var vectors: Int { fader_wide_registers() != 0 ? 3 : 1 }
}

/// `R` rows by `V` registers of a product, summed along the inner dimension in its order: one fused
/// multiply-add per term, so a result does not depend on how the product was cut into tiles.
@inline(__always)
func tile<let R: Int, let V: Int>(
  _ rows: InlineArray<R, Void>.Type, _ vectors: InlineArray<V, Void>.Type, inner: Int,
  _ left: LeftFactor, _ right: Input, rightStep: Int, _ c: TileResult
) {
  var sums = InlineArray<R, InlineArray<V, Lanes>>(
    repeating: InlineArray<V, Lanes>(repeating: .zero))
  switch c.start {
  case .zero: break
  case .result:
    for r in 0..<R { for v in 0..<V { sums[r][v] = load(c.base + r &* c.stride, 16 &* v) } }
  case .row(let bias):
    for v in 0..<V {
      let lanes = load(bias, 16 &* v)
      for r in 0..<R { sums[r][v] = lanes }
    }
  }
  var (a, b) = (left.base, right)
  for _ in 0..<inner {
    for r in 0..<R {
      let x = Lanes(repeating: a[r &* left.row])
      for v in 0..<V { sums[r][v] = fused(x, load(b, 16 &* v), sums[r][v]) }
    }
    a += left.step
    b += rightStep
  }
  for r in 0..<R {
    for v in 0..<V {
      let sum = sums[r][v]
      let result = c.isRectified ? sum.replacing(with: 0, where: sum .< 0) : sum
      store(result, c.base + r &* c.stride, 16 &* v)
    }
  }
}

/// All rows of a strip of `V` registers, eight at a time and then what is left.
@inline(__always)
func strip<let V: Int>(
  _ vectors: InlineArray<V, Void>.Type, rows m: Int, inner: Int, _ left: LeftFactor,
  _ right: Input, rightStep: Int, _ c: TileResult
) {
  var i = 0
  while i &+ 8 <= m {
    tile(
      InlineArray<8, Void>.self, vectors, inner: inner, left.from(row: i, step: 0), right,
      rightStep: rightStep, c.from(row: i))
    i &+= 8
  }
  if i &+ 4 <= m {
    tile(
      InlineArray<4, Void>.self, vectors, inner: inner, left.from(row: i, step: 0), right,
      rightStep: rightStep, c.from(row: i))
    i &+= 4
  }
  if i &+ 2 <= m {
    tile(
      InlineArray<2, Void>.self, vectors, inner: inner, left.from(row: i, step: 0), right,
      rightStep: rightStep, c.from(row: i))
    i &+= 2
  }
  if i < m {
    tile(
      InlineArray<1, Void>.self, vectors, inner: inner, left.from(row: i, step: 0), right,
      rightStep: rightStep, c.from(row: i))
  }
}

extension TileResult {
  @inline(__always)
  func from(row i: Int) -> TileResult {
    TileResult(base: base + i * stride, stride: stride, start: start, isRectified: isRectified)
  }
}
