import RandomStreams
import Tensors
import Testing

/// Large arrays are cut up over the workers; no number may depend on how many there are.
@Suite struct WorkersSumTests {
  private let count = 150_001

  @Test func sumsOfPartsAreTheSameWithAnyNumberOfWorkers() {
    var random = RandomStream(seed: 1, "parts")
    let parts = (0..<3).map { _ in random.floats(count) }
    let one = sum(parts, workers: Workers(1))
    let expected = parts[0].indices.map { parts[0][$0] + parts[1][$0] + parts[2][$0] }
    #expect(one == expected)
    for workers in [2, 4] { #expect(sum(parts, workers: Workers(workers)) == one) }
    #expect(sum([], workers: Workers(2)).isEmpty)
  }

  @Test func sumsOfSquaresAreTheSameWithAnyNumberOfWorkers() {
    var random = RandomStream(seed: 2, "squares")
    let x = random.floats(count)
    let one = sumOfSquares(x)
    let exact = x.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(one - exact) < 1e-5 * exact)
    for workers in [2, 4] { #expect(sumOfSquares(x, workers: Workers(workers)) == one) }
  }

  @Test func aStepOfAdamIsTheSameWithAnyNumberOfWorkers() {
    var random = RandomStream(seed: 3, "adam")
    let start = (0..<4).map { _ in random.floats(count).map(abs) }
    let results = [1, 2, 4].map { workers in
      var (p, m, v) = (start[0], start[1], start[2])
      adamStep(
        &p, &m, &v, gradient: start[3], gradientScale: 0.5, rate: 0.01, decay: 0.1, epsilon: 1e-8,
        first: 0.9, second: 0.999, corrections: (0.1, 0.001), range: 0..<count, gradientOffset: 0,
        workers: Workers(workers))
      return [p, m, v]
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }
}
