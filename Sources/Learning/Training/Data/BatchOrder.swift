import Features

/// Which training sessions a step uses: a function of the seed and the step alone, so a resumed
/// run goes on as if it had never stopped.
package struct BatchOrder: Sendable {
  /// A part of the sessions that is left out, so that members of an ensemble differ in their data.
  package struct LeftOut: Sendable {
    let fold: Int
    let folds: Int

    package init(fold: Int, folds: Int) {
      self.fold = fold
      self.folds = folds
    }
  }

  package let batch: Int
  private let total: Int
  private let seed: UInt64
  private let leftOut: LeftOut?
  private var epoch = -1
  private var order: [Int] = []

  package init(count: Int, batch: Int, seed: UInt64, leavingOut leftOut: LeftOut? = nil) {
    total = count
    self.batch = batch
    self.seed = seed
    self.leftOut = leftOut
  }

  /// Sessions of one pass.
  package var count: Int {
    guard let leftOut else { return total }
    return total - (total + leftOut.folds - 1 - leftOut.fold) / leftOut.folds
  }

  /// Steps of one pass; the last one borrows from the next pass to be full.
  package var stepsPerEpoch: Int { (count + batch - 1) / batch }

  /// Session indices of a step.
  package mutating func indices(step: Int) -> [Int] {
    (step * batch..<(step + 1) * batch).map { position in
      let wanted = position / count
      if wanted != epoch {
        epoch = wanted
        order = BlockShuffle(count: total, seed: seed, epoch: wanted).filter { index in
          leftOut.map { index % $0.folds != $0.fold } ?? true
        }
      }
      return order[position % count]
    }
  }
}
