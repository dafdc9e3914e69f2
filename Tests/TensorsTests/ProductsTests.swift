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
