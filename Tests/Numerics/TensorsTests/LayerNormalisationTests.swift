import RandomStreams
import Tensors
import Testing

@Suite struct LayerNormalisationTests {
  @Test(arguments: seeds)
  func rowsComeOutWithMeanZeroAndVarianceOne(seed: UInt64) {
    var random = RandomStream(seed: seed, "normalise")
    let x = random.matrix(random.size(1...6), random.size(2...50), spread: 20)
    let (rows, inverse) = normalisedRows(x)
    for i in 0..<x.rows {
      let source = x.row(i).map(Double.init)
      let n = Double(source.count)
      let mean = source.reduce(0, +) / n
      let variance = source.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
      let scale = 1 / (variance + 1e-5).squareRoot()
      #expect(abs(Double(inverse[i]) - scale) < 1e-5 * scale)
      for (found, value) in zip(rows.row(i), source) {
        #expect(abs(Double(found) - (value - mean) * scale) < 1e-4)
      }
    }
  }

  @Test func aConstantRowComesOutZero() {
    let (rows, inverse) = normalisedRows(Matrix(rows: 1, columns: 20, repeating: 3))
    #expect(rows.scalars.allSatisfy { $0 == 0 })
    #expect(inverse[0].isFinite)
  }

  @Test(arguments: seeds)
  func aShiftAndAScaleOfTheRowDropOut(seed: UInt64) {
    var random = RandomStream(seed: seed, "invariance")
    let x = random.matrix(3, random.size(4...40), spread: 5)
    var moved = x
    for i in moved.scalars.indices { moved.scalars[i] = 4 * moved.scalars[i] + 2 }
    #expect(distance(normalisedRows(x).rows.scalars, normalisedRows(moved).rows.scalars) < 1e-4)
  }

  @Test(arguments: seeds)
  func productsWithARowAreEntrywise(seed: UInt64) {
    var random = RandomStream(seed: seed, "row vector")
    let (rows, columns) = (random.size(1...5), random.size(1...40))
    let (x, z) = (random.matrix(rows, columns), random.matrix(rows, columns))
    let g = random.matrix(1, columns)
    var y = z
    addProduct(x, rowVector: g, into: &y)
    var sums = g
    addSumOfProducts(x, z, into: &sums)
    for j in 0..<columns {
      for i in 0..<rows { #expect(abs(y[i, j] - z[i, j] - x[i, j] * g[0, j]) < 1e-5) }
      let expected = (0..<rows).reduce(g[0, j]) { $0 + x[$1, j] * z[$1, j] }
      #expect(abs(sums[0, j] - expected) < 1e-5)
    }
  }
}
