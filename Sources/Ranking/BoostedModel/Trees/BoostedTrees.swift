import Foundation
import RandomStreams
package import Tensors

/// A sum of regression trees, each grown on what those before it leave (Friedman, "Greedy function
/// approximation: a gradient boosting machine", 2001; on random parts of the rows, 2002).
package struct BoostedTrees: Sendable {
  let base: Double
  let trees: [RegressionTree]
  private let loss: BoostingLoss

  /// Trees that held-out rows wanted.
  package var count: Int { trees.count }

  /// - Parameters:
  ///   - labels: along `rows`.
  ///   - held: rows that only say when to stop, with their labels; none for all trees.
  package init(
    _ rows: FeatureRows, labels: [Float], held: FeatureRows, heldLabels: [Float],
    loss: BoostingLoss, configuration: BoostingConfiguration = BoostingConfiguration(),
    seed: UInt64, workers: Workers
  ) {
    precondition(
      labels.count == rows.count && heldLabels.count == held.count, "one label per row")
    self.loss = loss
    base = Self.base(labels, loss)
    guard rows.count > 0 else {
      trees = []
      return
    }
    let bins = FeatureBins(rows, bins: configuration.bins, workers: workers)
    let columns = bins.columns(rows, workers: workers)
    let heldColumns = bins.columns(held, workers: workers)
    // A feature that never differs has nothing to ask about.
    let useful = bins.edges.indices.filter { !bins.edges[$0].isEmpty }
    var margins = [Double](repeating: base, count: rows.count)
    var heldMargins = [Double](repeating: base, count: held.count)
    var grown: [RegressionTree] = []
    var best = (loss: Self.mean(heldMargins, heldLabels, loss), trees: 0)
    while grown.count < configuration.trees, !useful.isEmpty {
      var stream = RandomStream(seed: seed, "boosting.tree", step: UInt64(grown.count))
      let wanted = max(1, Int(configuration.featureShare * Double(useful.count)))
      let features = stream.permutation(useful.count).prefix(wanted).map { useful[$0] }.sorted()
      let part = (0..<Int32(rows.count)).filter { _ in
        stream.uniform() < configuration.rowShare
      }
      let tree = TreeGrower(
        columns: columns, bins: bins, configuration: configuration, features: features,
        workers: workers
      ).tree(part, Self.sums(margins, labels, loss))
      grown.append(tree)
      Self.add(tree, columns, to: &margins, workers)
      Self.add(tree, heldColumns, to: &heldMargins, workers)
      guard held.count > 0 else { continue }
      let own = Self.mean(heldMargins, heldLabels, loss)
      if own < best.loss { best = (own, grown.count) }
      if grown.count - best.trees >= configuration.patience { break }
    }
    trees = held.count > 0 ? Array(grown.prefix(best.trees)) : grown
  }

  /// A probability, or a number.
  ///
  /// - Parameter first: where the row begins in `scalars`.
  package func prediction(_ scalars: [Float], first: Int) -> Float {
    let margin = trees.reduce(base) { $0 + Double($1.value(scalars, first: first)) }
    return Float(Self.answer(margin, loss))
  }

  private static func base(_ labels: [Float], _ loss: BoostingLoss) -> Double {
    let mean = labels.reduce(0.0) { $0 + Double($1) } / Double(max(1, labels.count))
    guard loss == .logistic else { return mean }
    let p = min(max(mean, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))
  }

  private static func answer(_ margin: Double, _ loss: BoostingLoss) -> Double {
    loss == .logistic ? 1 / (1 + exp(-margin)) : margin
  }

  /// Gradient and curvature of the loss at every row.
  private static func sums(
    _ margins: [Double], _ labels: [Float], _ loss: BoostingLoss
  ) -> [TreeGrower.Sums] {
    margins.indices.map { i in
      let predicted = answer(margins[i], loss)
      let gradient = predicted - Double(labels[i])
      return loss == .logistic
        ? [gradient, max(1e-6, predicted * (1 - predicted))] : [gradient, 1]
    }
  }

  private static func mean(
    _ margins: [Double], _ labels: [Float], _ loss: BoostingLoss
  ) -> Double {
    var sum = 0.0
    for i in margins.indices {
      let (margin, label) = (margins[i], Double(labels[i]))
      switch loss {
      // log(1 + e^m) - y m, without overflow for large |m|.
      case .logistic: sum += max(margin, 0) + log1p(exp(-abs(margin))) - label * margin
      case .squared: sum += (margin - label) * (margin - label)
      }
    }
    return sum / Double(max(1, margins.count))
  }

  private static func add(
    _ tree: RegressionTree, _ columns: [[UInt8]], to margins: inout [Double], _ workers: Workers
  ) {
    let size = 8192
    let count = margins.count
    let parts = workers.map((count + size - 1) / size) { piece in
      (piece * size..<min(count, (piece + 1) * size)).map { tree.value(columns, row: $0) }
    }
    for (piece, part) in parts.enumerated() {
      for (i, value) in part.enumerated() { margins[piece * size + i] += Double(value) }
    }
  }
}
