import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct ActivationTests {
  /// A fine grid over -30...30, plus magnitudes from 1e-6 to 1e4.
  private var wide: [Float] {
    let grid = (-30_000...30_000).map { Float($0) / 1000 }
    let magnitudes = (-24...16).map { Float(pow(10, Double($0) / 4)) }
    return grid + magnitudes + magnitudes.map { -$0 }
  }

  private let extremes: [Float] = [
    -.infinity, -.greatestFiniteMagnitude, -1e4, -100, -88.4, -87.4, 0, 87.4, 88.4, 100, 1e4,
    .greatestFiniteMagnitude, .infinity,
  ]

  @Test func sigmoidIsWithinAFewUnitsInTheLastPlace() {
    for (x, y) in zip(wide, Activation.sigmoid.apply(to: wide)) where abs(x) <= 87 {
      let expected = 1 / (1 + exp(-Double(x)))
      #expect(abs(Double(y) - expected) <= 2.5e-7 * expected, "sigmoid(\(x))")
    }
  }

  /// `sigmoid(-x) = 1 / (1 + e^x)` is `e^-x` from x = 20 on, where the 1 is below half a unit: what
  /// is left is the relative error of the exponential.
  @Test func theExponentialIsWithinTwoUnitsUpToTheEndOfItsRange() {
    let x = (200...870).map { Float($0) / 10 }
    for (x, y) in zip(x, Activation.sigmoid.apply(to: x.map { -$0 })) {
      let expected = exp(-Double(x))
      #expect(abs(Double(y) - expected) <= 2.5e-7 * expected, "e^-\(x)")
    }
  }

  /// tanh is a difference of numbers near 1, so its error is absolute.
  @Test func tanhIsWithinAFewRoundingsOfOne() {
    for (x, y) in zip(wide, Activation.tanh.apply(to: wide)) {
      #expect(abs(Double(y) - tanh(Double(x))) <= 2.5e-7, "tanh(\(x))")
    }
  }

  @Test func extremesSaturateWithoutNaN() {
    for (x, y) in zip(extremes, Activation.sigmoid.apply(to: extremes)) {
      #expect(y >= 0 && y <= 1)
      #expect(abs(Double(y) - 1 / (1 + exp(-Double(x)))) <= 4e-7)
    }
    for (x, y) in zip(extremes, Activation.tanh.apply(to: extremes)) {
      #expect(abs(y) <= 1)
      #expect(abs(Double(y) - tanh(Double(x))) <= 4e-7)
    }
    #expect(Activation.relu.apply(to: extremes) == extremes.map { max($0, 0) })
  }

  @Test(arguments: Activation.allCases)
  func theTailIsComputedLikeTheRest(_ f: Activation) {
    var random = RandomStream(seed: 1, "tail")
    let x = random.floats(50, spread: 3)
    let whole = f.apply(to: x)
    let back = f.pullback(x, output: whole)
    for count in 0...50 {
      let part = f.apply(to: Array(x.prefix(count)))
      #expect(part == Array(whole.prefix(count)))
      #expect(f.pullback(Array(x.prefix(count)), output: part) == Array(back.prefix(count)))
    }
  }

  @Test func reluPassesTheGradientOfPositiveOutputsOnly() {
    #expect(Activation.relu.pullback([1, 2, 3], output: [0, 4, 0]) == [0, 2, 0])
  }
}
