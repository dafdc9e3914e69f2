import Autodiff
import RandomStreams
import Tensors
import Testing

@Suite struct EmbeddingTests {
  /// The sparse gradient of parameter 0, added into a table of zeros.
  private func dense(_ gradients: Gradients, like table: Matrix) -> Matrix {
    (gradients.sparse[0] ?? []).reduce(into: Matrix(rows: table.rows, columns: table.columns)) {
      $0.scatterAdd($1.rows, at: $1.indices)
    }
  }

  @Test(arguments: seeds)
  func theSparseGradientIsTheDenseOne(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "embedding")
    let table = random.matrix(random.size(1...6), random.size(1...20))
    let indices = random.indices(10, below: table.rows)
    let weights = random.floats(10 * table.columns)

    let tape = Tape(parameters: [table])
    let rows = tape.embedding(0, indices)
    let sparse = tape.gradients(of: tape.weightedSum(rows, weights: weights))
    let plain = Tape(parameters: [table])
    let gathered = plain.gatherRows(plain.parameter(0), indices)
    let full = plain.gradients(of: plain.weightedSum(gathered, weights: weights))

    #expect(tape.value(rows) == plain.value(gathered))
    #expect(sparse[parameter: 0] == nil)
    #expect(dense(sparse, like: table) == (try #require(full[parameter: 0])))
  }

  @Test(arguments: seeds)
  func theSparseGradientOfMeansIsTheDenseOne(seed: UInt64) throws {
    var random = RandomStream(seed: seed, "bags")
    let table = random.matrix(random.size(1...6), random.size(1...20))
    let offsets = random.offsets(segments: 5, largest: 4)
    let indices = random.indices(offsets[5], below: table.rows)
    let weights = random.floats(5 * table.columns)

    let tape = Tape(parameters: [table])
    let means = tape.embeddingMean(0, indices, offsets: offsets)
    let sparse = tape.gradients(of: tape.weightedSum(means, weights: weights))
    let plain = Tape(parameters: [table])
    let segments = plain.segmentMean(
      plain.gatherRows(plain.parameter(0), indices), offsets: offsets)
    let full = plain.gradients(of: plain.weightedSum(segments, weights: weights))

    #expect(tape.value(means) == plain.value(segments))
    #expect(dense(sparse, like: table) == (try #require(full[parameter: 0])))
  }

  @Test func anEmptyBagGivesZero() {
    let tape = Tape(parameters: [Matrix(rows: 2, columns: 2, repeating: 3)])
    let means = tape.value(tape.embeddingMean(0, [1, 0], offsets: [0, 0, 2, 2]))
    #expect(means.scalars == [0, 0, 3, 3, 0, 0])
  }

  @Test func everyUseOfATableAddsItsOwnRows() {
    let tape = Tape(parameters: [Matrix(rows: 3, columns: 1, scalars: [1, 2, 4])])
    let sum = tape.add(tape.embedding(0, [2, 2]), tape.embedding(0, [0, 2]))
    #expect(tape.value(sum).scalars == [5, 8])
    let gradients = tape.gradients(of: sum)
    let table = Matrix(rows: 3, columns: 1)
    #expect(gradients.sparse[0]?.count == 2)
    #expect(dense(gradients, like: table).scalars == [1, 0, 3])
  }
}
