import RandomStreams
import Tensors
import Testing

@Suite struct ProductsTests {
  /// A block somewhere inside an array that is larger than it needs to be.
  private func block(_ rows: Int, _ columns: Int, _ random: inout RandomStream) -> Block {
    Block(
      offset: random.below(4), rows: rows, columns: columns, stride: columns + random.below(3))
  }

  private func room(for block: Block, _ random: inout RandomStream) -> [Float] {
    random.floats(block.offset + block.rows * block.stride + random.below(4))
  }

  /// The definition, in Double, with the sum of the terms' magnitudes for the error bound.
  private func term(
    _ a: [Float], _ aBlock: Block, _ aTransposed: Bool, _ b: [Float], _ bBlock: Block,
    _ bTransposed: Bool, _ i: Int, _ j: Int, inner: Int
  ) -> (sum: Double, magnitude: Double) {
    (0..<inner).reduce(into: (0, 0)) { result, k in
      let (aRow, aColumn) = aTransposed ? (k, i) : (i, k)
      let (bRow, bColumn) = bTransposed ? (j, k) : (k, j)
      let product =
        Double(a[aBlock.offset + aRow * aBlock.stride + aColumn])
        * Double(b[bBlock.offset + bRow * bBlock.stride + bColumn])
      result.0 += product
      result.1 += abs(product)
    }
  }

  @Test(
    arguments: [(false, false), (false, true), (true, false), (true, true)],
    1...20 as ClosedRange<UInt64>)
  func productsOfBlocksAreTheTripleLoop(_ transposed: (Bool, Bool), seed: UInt64) {
    var random = RandomStream(seed: seed, "products")
    let (m, n) = (random.size(1...40), random.size(1...40))
    let inner = seed == 1 ? 0 : random.size(1...70)
    let accumulating = seed.isMultiple(of: 2)
    let aBlock = transposed.0 ? block(inner, m, &random) : block(m, inner, &random)
    let bBlock = transposed.1 ? block(n, inner, &random) : block(inner, n, &random)
    let cBlock = block(m, n, &random)
    let a = room(for: aBlock, &random)
    let b = room(for: bBlock, &random)
    let before = room(for: cBlock, &random)
    var c = before
    multiply(
      a, aBlock, transposed: transposed.0, b, bBlock, secondTransposed: transposed.1, into: &c,
      cBlock, accumulating: accumulating)

    var expected = before
    for i in 0..<m {
      for j in 0..<n {
        let cell = cBlock.offset + i * cBlock.stride + j
        let (sum, magnitude) = term(
          a, aBlock, transposed.0, b, bBlock, transposed.1, i, j, inner: inner)
        let start = accumulating ? Double(before[cell]) : 0
        #expect(abs(Double(c[cell]) - start - sum) <= 2e-6 * (magnitude + abs(start)))
        expected[cell] = c[cell]
      }
    }
    #expect(c == expected, "wrote outside the block")
  }

  @Test func anInnerSizeOfZeroClearsOrKeeps() {
    var c: [Float] = [1, 2, 3, 4]
    let target = Block(rows: 2, columns: 2)
    let (a, b) = (Block(rows: 2, columns: 0), Block(rows: 0, columns: 2))
    multiply([], a, [], b, into: &c, target, accumulating: true)
    #expect(c == [1, 2, 3, 4])
    multiply([], a, [], b, into: &c, target)
    #expect(c == [0, 0, 0, 0])
  }

  @Test func anEmptyResultIsLeftAlone() {
    var c: [Float] = [5]
    multiply(
      [], Block(rows: 0, columns: 3), [1, 2, 3], Block(rows: 3, columns: 1), into: &c,
      Block(rows: 0, columns: 1))
    #expect(c == [5])
  }

  @Test(arguments: seeds)
  func theProductOfMatricesIsThatOfTheirBlocks(seed: UInt64) {
    var random = RandomStream(seed: seed, "matrices")
    let a = random.matrix(random.size(1...9), random.size(1...9))
    let b = random.matrix(random.size(1...9), a.columns)
    var c = Matrix(rows: a.rows, columns: b.rows)
    c.setProduct(a, b, secondTransposed: true)
    for i in 0..<a.rows {
      for j in 0..<b.rows {
        let expected = zip(a.row(i), b.row(j)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        #expect(abs(Double(c[i, j]) - expected) < 1e-5)
      }
    }
  }

  /// Sizes around every way of cutting a product up: rows left over, narrow strips, several passes
  /// along the inner dimension, one row.
  static let shapes = [
    (1, 640, 70), (1, 50, 300), (2, 48, 16), (7, 33, 200), (31, 96, 193), (32, 97, 192),
    (50, 200, 96), (129, 17, 500), (64, 1, 96),
  ]

  @Test(arguments: shapes)
  func largerProductsAreThoseOfOpenBLAS(_ shape: (m: Int, n: Int, k: Int)) throws {
    var random = RandomStream(seed: 1, "larger")
    let a = random.matrix(shape.m, shape.k)
    let b = random.matrix(shape.k, shape.n)
    let expected = try #require(OpenBLAS.product(a, b), "no OpenBLAS here").scalars
    var c = Matrix(rows: shape.m, columns: shape.n)
    c.setProduct(a, b)
    #expect(distance(c.scalars, expected) < 2e-4)
    var transposed = c
    transposed.setProduct(a, b.transposed, secondTransposed: true)
    #expect(transposed == c)
    transposed.setProduct(a.transposed, transposed: true, b)
    #expect(transposed == c)
    let bias = random.matrix(1, shape.n)
    var rectified = c
    rectified.setProduct(a, b, bias: bias, rectified: true)
    let start = Matrix(
      rows: shape.m, columns: shape.n, scalars: (0..<shape.m).flatMap { _ in bias.scalars })
    var sum = start
    sum.setProduct(a, b, accumulating: true)
    #expect(rectified.scalars == sum.scalars.map { max($0, 0) })
  }

  /// What lets one request be answered with the bytes of a batch.
  @Test(arguments: shapes)
  func aRowDoesNotDependOnTheOthers(_ shape: (m: Int, n: Int, k: Int)) {
    var random = RandomStream(seed: 2, "rows")
    let a = random.matrix(shape.m, shape.k)
    let b = random.matrix(shape.k, shape.n)
    var all = Matrix(rows: shape.m, columns: shape.n)
    all.setProduct(a, b)
    for row in [0, shape.m / 2, shape.m - 1] {
      var one = Matrix(rows: 1, columns: shape.n)
      one.setProduct(Matrix(rows: 1, columns: shape.k, scalars: Array(a.row(row))), b)
      #expect(one.scalars == Array(all.row(row)))
    }
  }

  @Test func whatIsNotANumberComesThrough() {
    var a = Matrix(rows: 40, columns: 3, repeating: 1)
    a[5, 1] = .nan
    var c = Matrix(rows: 40, columns: 20)
    c.setProduct(a, Matrix(rows: 3, columns: 20, repeating: 1), rectified: true)
    #expect(c.row(5).allSatisfy { $0.isNaN })
    #expect(c.row(4).allSatisfy { $0 == 3 })
  }

  @Test func misfitsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      var c = Matrix(rows: 2, columns: 2)
      c.setProduct(Matrix(rows: 2, columns: 3), Matrix(rows: 2, columns: 2))
    }
    await #expect(processExitsWith: .failure) {
      var c: [Float] = [0]
      let one = Block(rows: 1, columns: 1)
      multiply([1], Block(offset: 1, rows: 1, columns: 1), [1], one, into: &c, one)
    }
  }
}

extension Matrix {
  fileprivate var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }
}
