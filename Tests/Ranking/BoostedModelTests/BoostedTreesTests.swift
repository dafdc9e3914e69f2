import BoostedModel
import Foundation
import RandomStreams
import Tensors
import Testing

@Suite struct BoostedTreesTests {
  /// Rows of two numbers in 0...1, and a label that steps up where the first passes 0.4, noise apart.
  private func steps(_ count: Int, seed: UInt64, noise: Double) -> (FeatureRows, [Float]) {
    var stream = RandomStream(seed: seed, "steps")
    var (scalars, labels): ([Float], [Float]) = ([], [])
    for _ in 0..<count {
      let (x, idle) = (Float(stream.uniform()), Float(stream.uniform()))
      scalars += [x, idle]
      labels.append((x > 0.4 ? 3 : -1) + Float(noise * stream.normal()))
    }
    return (FeatureRows(width: 2, scalars: scalars), labels)
  }

  private func fitted(_ loss: BoostingLoss, seed: UInt64 = 1, workers: Int = 2) -> BoostedTrees {
    let (rows, labels) = steps(4000, seed: 1, noise: 0.3)
    let (held, heldLabels) = steps(1000, seed: 2, noise: 0.3)
    func label(_ value: Float) -> Float { loss == .squared ? value : value > 1 ? 1 : 0 }
    return BoostedTrees(
      rows, labels: labels.map(label), held: held, heldLabels: heldLabels.map(label), loss: loss,
      seed: seed, workers: Workers(workers))
  }

  @Test func aStepIsLearnedFromTheNumberThatMakesIt() {
    let trees = fitted(.squared)
    for (x, expected) in [(Float(0.1), Float(-1)), (0.3, -1), (0.5, 3), (0.9, 3)] {
      for idle in [Float(0.05), 0.95] {
        #expect(abs(trees.prediction([x, idle], first: 0) - expected) < 0.15)
      }
    }
    let odds = fitted(.logistic)
    #expect(odds.prediction([0.2, 0.5], first: 0) < 0.03)
    #expect(odds.prediction([9, 9, 0.7, 0.5], first: 2) > 0.97)
  }

  @Test func equalSeedsGiveEqualTreesWithAnyNumberOfWorkers() {
    let one = fitted(.logistic, workers: 1)
    let (rows, _) = steps(200, seed: 3, noise: 0)
    func all(_ trees: BoostedTrees) -> [Float] {
      (0..<rows.count).map { trees.prediction(rows.scalars, first: $0 * rows.width) }
    }
    #expect(all(fitted(.logistic, workers: 3)) == all(one))
    // Control: another seed draws other rows.
    #expect(all(fitted(.logistic, seed: 2)) != all(one))
  }

  @Test func labelsOfPureNoiseAreStoppedEarly() {
    var stream = RandomStream(seed: 8, "noise")
    func noise(_ count: Int) -> (FeatureRows, [Float]) {
      (
        FeatureRows(width: 3, scalars: (0..<3 * count).map { _ in Float(stream.normal()) }),
        (0..<count).map { _ in stream.uniform() < 0.3 ? 1 : 0 }
      )
    }
    let (own, held) = (noise(1000), noise(1000))
    let trees = BoostedTrees(
      own.0, labels: own.1, held: held.0, heldLabels: held.1, loss: .logistic, seed: 1,
      workers: Workers(2))
    #expect(trees.count < 30)
  }

  @Test func aFeatureThatNeverDiffersAndNoRowsAtAllDoNoHarm() {
    let rows = FeatureRows(width: 1, scalars: [2, 2, 2, 2])
    let trees = BoostedTrees(
      rows, labels: [1, 0, 1, 1], held: rows, heldLabels: [1, 0, 1, 1], loss: .logistic, seed: 1,
      workers: Workers(1))
    #expect(trees.count == 0 && abs(trees.prediction([2], first: 0) - 0.75) < 1e-6)
    let none = FeatureRows(width: 1)
    let empty = BoostedTrees(
      none, labels: [], held: none, heldLabels: [], loss: .squared, seed: 1, workers: Workers(1))
    #expect(empty.prediction([2], first: 0) == 0)
  }
}
