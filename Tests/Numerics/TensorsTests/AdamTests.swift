import RandomStreams
import Tensors
import Testing

@Suite struct AdamTests {
  private let rate = 0.01
  private let decay = 0.1
  private let epsilon = 1e-8
  private let first = 0.9
  private let second = 0.999

  /// The published step on one number, in Double.
  private struct Reference {
    var p: Double
    var m = 0.0
    var v = 0.0
  }

  @Test(arguments: seeds)
  func severalStepsFollowTheFormulaInDouble(seed: UInt64) {
    var random = RandomStream(seed: seed, "adam")
    let count = random.size(1...40)
    var p = random.floats(count)
    var (m, v) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    var reference = p.map { Reference(p: Double($0)) }
    for t in 1...20 {
      let g = random.floats(count)
      let scale = 0.5
      let corrections = (1 - power(first, t), 1 - power(second, t))
      AdamStep(
        gradientScale: Float(scale), rate: Float(rate), decay: Float(decay),
        epsilon: Float(epsilon), first: Float(first), second: Float(second),
        corrections: (Float(corrections.0), Float(corrections.1))
      ).move(&p, &m, &v, gradient: g, range: 0..<count, gradientOffset: 0)
      for i in reference.indices {
        let gradient = scale * Double(g[i])
        reference[i].m = first * reference[i].m + (1 - first) * gradient
        reference[i].v = second * reference[i].v + (1 - second) * gradient * gradient
        let root = (reference[i].v / corrections.1).squareRoot() + epsilon
        reference[i].p -=
          rate * (reference[i].m / corrections.0 / root + decay * reference[i].p)
      }
    }
    for (found, expected) in zip(p, reference) {
      #expect(abs(Double(found) - expected.p) < 2e-5)
    }
  }

  @Test func onlyTheRangeMovesByTheGradientAtItsOffset() {
    var p: [Float] = [1, 1, 1, 1]
    var (m, v) = ([Float](repeating: 0, count: 4), [Float](repeating: 0, count: 4))
    AdamStep(
      gradientScale: 1, rate: 0.1, decay: 0, epsilon: 0, first: 0.9, second: 0.999,
      corrections: (0.1, 0.001)
    ).move(&p, &m, &v, gradient: [9, 9, 2, -3], range: 1..<3, gradientOffset: 2)
    // The first step of Adam has the size of the rate, against the sign of the gradient.
    #expect(p[0] == 1 && p[3] == 1 && m[0] == 0 && v[3] == 0)
    #expect(abs(p[1] - 0.9) < 1e-5 && abs(p[2] - 1.1) < 1e-5)
  }

  private func power(_ x: Double, _ n: Int) -> Double { (0..<n).reduce(1) { y, _ in y * x } }
}
