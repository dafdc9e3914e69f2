import RandomStreams
import Tensors
import Testing

/// Each kernel against its definition, entry by entry, on shapes with and without a vector tail.
@Suite struct RowsTests {
  private func shape(_ random: inout RandomStream) -> (rows: Int, columns: Int) {
    (random.size(1...7), random.size(1...40))
  }

  private func indices(_ count: Int, below rows: Int, _ random: inout RandomStream) -> [Int32] {
    (0..<count).map { _ in Int32(random.below(rows + 1) - 1) }
  }

  @Test(arguments: seeds)
  func aBiasIsAddedToEveryRow(seed: UInt64) {
    var random = RandomStream(seed: seed, "bias")
    let (rows, columns) = shape(&random)
    let x = random.matrix(rows, columns)
    let bias = random.matrix(1, columns)
    var y = x
    y.addToRows(bias)
    for i in 0..<rows {
      for j in 0..<columns { #expect(y[i, j] == x[i, j] + bias[0, j]) }
    }
  }

  @Test(arguments: seeds)
  func theSumOfRowsGoesFromTheFirstRowDown(seed: UInt64) {
    var random = RandomStream(seed: seed, "sum of rows")
    let (rows, columns) = shape(&random)
    let x = random.matrix(rows, columns)
    let before = random.matrix(1, columns)
    var sum = before
    sum.addSumOfRows(x)
    for j in 0..<columns {
      #expect(sum[0, j] == (0..<rows).reduce(before[0, j]) { $0 + x[$1, j] })
    }
  }

  @Test(arguments: seeds)
  func gatheredRowsAreThoseOfTheirIndices(seed: UInt64) {
    var random = RandomStream(seed: seed, "gather")
    let (rows, columns) = shape(&random)
    let x = random.matrix(rows, columns)
    let places = indices(random.below(12), below: rows, &random)
    let y = x.gathered(places)
    #expect(y.rows == places.count && y.columns == columns)
    for (i, place) in places.enumerated() {
      for j in 0..<columns { #expect(y[i, j] == (place < 0 ? 0 : x[Int(place), j])) }
    }
  }

  @Test(arguments: seeds)
  func scatteredRowsAddUpInOrder(seed: UInt64) {
    var random = RandomStream(seed: seed, "scatter")
    let (rows, columns) = shape(&random)
    let places = indices(random.below(12), below: rows, &random)
    let x = random.matrix(places.count, columns)
    let before = random.matrix(rows, columns)
    var y = before
    y.scatterAdd(x, at: places)
    var expected = before
    for (i, place) in places.enumerated() where place >= 0 {
      for j in 0..<columns { expected[Int(place), j] += x[i, j] }
    }
    #expect(y == expected)
  }

  @Test(arguments: seeds)
  func segmentSumsAreWeightedAndZeroWhenEmpty(seed: UInt64) {
    var random = RandomStream(seed: seed, "segments")
    let bounds = random.offsets(segments: 4, largest: 3)
    let x = random.matrix(bounds[4], random.size(1...40))
    let weights = random.floats(4)
    let sums = x.segmentSums(bounds, weights: weights)
    #expect(sums.rows == 4 && sums.columns == x.columns)
    for b in 0..<4 {
      for j in 0..<x.columns {
        let expected = (bounds[b]..<bounds[b + 1]).reduce(0) { $0 + weights[b] * x[$1, j] }
        #expect(abs(sums[b, j] - expected) < 1e-5)
      }
    }
  }

  @Test(arguments: seeds)
  func everyRowOfASegmentGetsItsWeightedRow(seed: UInt64) {
    var random = RandomStream(seed: seed, "to segments")
    let bounds = random.offsets(segments: 4, largest: 3)
    let x = random.matrix(4, random.size(1...40))
    let weights = random.floats(4)
    let before = random.matrix(bounds[4], x.columns)
    var y = before
    y.addToSegments(x, bounds, weights: weights)
    for b in 0..<4 {
      for i in bounds[b]..<bounds[b + 1] {
        for j in 0..<x.columns {
          #expect(abs(y[i, j] - before[i, j] - weights[b] * x[b, j]) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: seeds)
  func columnsAreSetReadAndAddedWhereAsked(seed: UInt64) {
    var random = RandomStream(seed: seed, "columns")
    let (rows, width) = shape(&random)
    let first = random.below(5)
    let part = random.matrix(rows, width)
    let before = random.matrix(rows, first + width + random.below(5))

    var (set, added) = (before, before)
    set.setColumns(from: first, to: part)
    added.addIntoColumns(from: first, part)
    var read = part
    read.addColumns(of: before, from: first)
    for i in 0..<rows {
      for j in 0..<before.columns {
        let inside = j >= first && j < first + width
        #expect(set[i, j] == (inside ? part[i, j - first] : before[i, j]))
        #expect(added[i, j] == before[i, j] + (inside ? part[i, j - first] : 0))
        if inside { #expect(read[i, j - first] == part[i, j - first] + before[i, j]) }
      }
    }
  }

  @Test func indicesPastTheEndAreRefused() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 2, columns: 1).gathered([2])
    }
    await #expect(processExitsWith: .failure) {
      var table = Matrix(rows: 2, columns: 1)
      table.scatterAdd(Matrix(rows: 1, columns: 1), at: [2])
    }
  }
}
