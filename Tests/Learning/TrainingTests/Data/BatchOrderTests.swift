import Testing
import Training

@Suite struct BatchOrderTests {
  @Test(arguments: [(100, 10), (103, 10), (7, 7), (300, 64), (5, 1)])
  func everyEpochHasEverySessionOnce(count: Int, batch: Int) {
    var order = BatchOrder(count: count, batch: batch, seed: 4)
    let epochs = 3
    let steps = (epochs * count + batch - 1) / batch
    let indices = (0..<steps).flatMap { order.indices(step: $0) }
    for epoch in 0..<epochs {
      #expect(indices[epoch * count..<(epoch + 1) * count].sorted() == Array(0..<count))
    }
    #expect(order.stepsPerEpoch == (count + batch - 1) / batch)
  }

  @Test(arguments: 0..<3)
  func aLeftOutFoldNeverShowsAndAllElseDoes(fold: Int) {
    var order = BatchOrder(
      count: 100, batch: 8, seed: 4, leavingOut: .init(fold: fold, folds: 3))
    let kept = (0..<100).filter { $0 % 3 != fold }
    #expect(order.count == kept.count)
    let indices = (0..<2 * kept.count).flatMap { order.indices(step: $0) }
    for epoch in 0..<8 {
      #expect(indices[epoch * kept.count..<(epoch + 1) * kept.count].sorted() == kept)
    }
  }

  @Test func theFoldsOfAnEnsembleCoverEverything() {
    let sizes = (0..<4).map {
      BatchOrder(count: 41, batch: 8, seed: 1, leavingOut: .init(fold: $0, folds: 4)).count
    }
    #expect(sizes.map { 41 - $0 }.reduce(0, +) == 41)
  }

  /// What a resumed run relies on.
  @Test func aStepIsAFunctionOfSeedAndStepAlone() {
    var all = BatchOrder(count: 50, batch: 8, seed: 2)
    let inOrder = (0..<30).map { all.indices(step: $0) }
    for step in [29, 3, 17, 6, 7] {
      var fresh = BatchOrder(count: 50, batch: 8, seed: 2)
      #expect(fresh.indices(step: step) == inOrder[step])
    }
    var other = BatchOrder(count: 50, batch: 8, seed: 3)
    #expect(other.indices(step: 0) != inOrder[0])
    #expect(inOrder[0] != inOrder[7])
  }
}
