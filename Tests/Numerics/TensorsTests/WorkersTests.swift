import RandomStreams
import Tensors
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 4])
  func resultsComeBackInOrder(workers: Int) {
    for pieces in [0, 1, 3, 4, 1000] {
      #expect(Workers(workers).map(pieces) { $0 * $0 } == (0..<pieces).map { $0 * $0 })
    }
  }

  /// Real work of uneven size: the bytes must not depend on who did it.
  @Test func theNumberOfWorkersDoesNotChangeTheBytes() {
    let results = [1, 2, 4].map { workers in
      Workers(workers).map(32) { piece in
        var random = RandomStream(seed: 1, "work", request: UInt64(piece))
        let x = random.matrix(8 + 5 * piece % 50, 64)
        var product = Matrix(rows: x.rows, columns: x.rows)
        product.setProduct(x, x, secondTransposed: true)
        return Activation.tanh.apply(to: product.scalars)
      }
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func optionalResultsAreKept() {
    let results = Workers(2).map(6) { $0.isMultiple(of: 2) ? $0 : nil }
    #expect(results == [0, nil, 2, nil, 4, nil])
  }

  @Test func thereIsAlwaysAWorker() {
    #expect(Workers(0).count == 1)
    #expect(Workers(3).count == 3)
    #expect(Workers().count >= 1)
  }
}
