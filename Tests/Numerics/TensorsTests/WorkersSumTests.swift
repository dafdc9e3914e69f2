import RandomStreams
import Tensors
import Testing

/// Large arrays are cut up over the workers; no number may depend on how many there are.
@Suite struct WorkersSumTests {
  private let count = 150_001

  private func matrices(_ counts: [Int], _ random: inout RandomStream) -> [Matrix] {
    counts.map { Matrix(rows: 1, columns: $0, scalars: random.floats($0).map(abs)) }
  }

  @Test func sumsOfPartsAreTheSameWithAnyNumberOfWorkers() {
    var random = RandomStream(seed: 1, "parts")
    let counts = [count, 0, 7, 65_536]
    let shards = (0..<3).map { _ in matrices(counts, &random) }
    let parameters = counts.indices.map { i in shards.map { $0[i] } }
    let one = sums(parameters, workers: Workers(1))
    for (sum, parts) in zip(one.sums, parameters) {
      let expected = sum.scalars.indices.map {
        parts[0].scalars[$0] + parts[1].scalars[$0] + parts[2].scalars[$0]
      }
      #expect(sum.scalars == expected)
    }
    let squares = one.sums.reduce(0) { $0 + sumOfSquares($1.scalars) }
    #expect(abs(one.squares - squares) < 1e-12 * squares)
    for workers in [2, 4] {
      let many = sums(parameters, workers: Workers(workers))
      #expect(many.sums == one.sums && many.squares == one.squares)
    }
    #expect(sums([], workers: Workers(2)).squares == 0)
  }

  @Test func aStepOfAdamIsTheSameWithAnyNumberOfWorkers() {
    var random = RandomStream(seed: 3, "adam")
    let counts = [count, 5, 40_000]
    let start = (0..<4).map { _ in matrices(counts, &random) }
    let gradients: [Matrix?] = [start[3][0], nil, start[3][2]]
    let step = AdamStep(
      gradientScale: 0.5, rate: 0.01, decay: 0.1, epsilon: 1e-8, first: 0.9, second: 0.999,
      corrections: (0.1, 0.001))
    let results = [1, 2, 4].map { workers in
      var (p, m, v) = (start[0], start[1], start[2])
      step.move(&p, &m, &v, gradients: gradients, workers: Workers(workers))
      return [p, m, v]
    }
    #expect(results[0] == results[1] && results[0] == results[2])
    #expect(results[0][0][1] == start[0][1], "no gradient, no step")
    // The same step as that of a range: one definition, two ways to it.
    var (p, m, v) = (start[0][0].scalars, start[1][0].scalars, start[2][0].scalars)
    step.move(
      &p, &m, &v, gradient: start[3][0].scalars, range: 0..<count, gradientOffset: 0)
    #expect(results[0][0][0].scalars == p && results[0][1][0].scalars == m)
    // The matrices that the step began with are values of their own.
    #expect(start[0][0].scalars != p)
  }
}
