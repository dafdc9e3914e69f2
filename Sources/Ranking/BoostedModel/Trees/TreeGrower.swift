import Tensors

/// Grows one tree, level by level, from sums of gradients by bin (Chen and Guestrin, "XGBoost: a
/// scalable tree boosting system", KDD 2016; histograms as in LightGBM, Ke et al., NIPS 2017).
///
/// A split is worth `GL^2 / (HL + r) + GR^2 / (HR + r) - G^2 / (H + r)` with G and H the sums of
/// gradients and curvatures of its rows and r the ridge; a leaf answers `-G / (H + r)`. Equal splits go
/// to the first feature and the lowest bin, so that the tree does not depend on the workers.
struct TreeGrower {
  /// `[feature][row]`
  let columns: [[UInt8]]
  let bins: FeatureBins
  let configuration: BoostingConfiguration
  /// Those that may be asked about, rising.
  let features: [Int]
  let workers: Workers

  /// Gradient and curvature of a row, or their sums.
  typealias Sums = SIMD2<Double>

  private struct Part: Sendable {
    var node: Int
    var rows: [Int32]
    /// Along `rows`.
    var sums: [Sums]
    var total: Sums
    /// Along `features`; empty where the part is not to be split.
    var histograms: [[Sums]] = []
  }

  private struct Split: Sendable {
    var gain: Double
    var feature: Int
    var bin: Int
  }

  /// - Parameters:
  ///   - rows: those that the tree is grown on, rising.
  ///   - sums: of every row.
  func tree(_ rows: [Int32], _ sums: [Sums]) -> RegressionTree {
    var root = Part(node: 0, rows: rows, sums: rows.map { sums[Int($0)] }, total: .zero)
    root.total = root.sums.reduce(.zero, +)
    // A leaf's rows are counted by their curvature: it is there anyway.
    let least = Double(configuration.minimumLeaf) * root.total.y / Double(max(1, rows.count))
    root.histograms = histograms(root)
    var tree = RegressionTree(nodes: [RegressionTree.Node()])
    var level = [root]
    for depth in 0..<configuration.depth where !level.isEmpty {
      var next: [Part] = []
      for part in level {
        guard let split = best(part, least: least) else {
          tree.nodes[part.node].value = leaf(part.total)
          continue
        }
        let left = tree.nodes.count
        tree.nodes += [RegressionTree.Node(), RegressionTree.Node()]
        tree.nodes[part.node] = RegressionTree.Node(
          feature: Int32(split.feature), bin: UInt8(split.bin),
          threshold: bins.edges[split.feature][split.bin], left: Int32(left))
        next += children(part, split, left: left, areSplit: depth + 1 < configuration.depth)
      }
      level = next
    }
    for part in level { tree.nodes[part.node].value = leaf(part.total) }
    return tree
  }

  private func leaf(_ total: Sums) -> Float {
    Float(-total.x / (total.y + configuration.ridge)) * configuration.shrinkage
  }

  private func children(_ part: Part, _ split: Split, left: Int, areSplit: Bool) -> [Part] {
    var (low, high) = (
      Part(node: left, rows: [], sums: [], total: .zero),
      Part(node: left + 1, rows: [], sums: [], total: .zero)
    )
    let column = columns[split.feature]
    for (row, sums) in zip(part.rows, part.sums) {
      if Int(column[Int(row)]) <= split.bin {
        low.rows.append(row)
        low.sums.append(sums)
        low.total += sums
      } else {
        high.rows.append(row)
        high.sums.append(sums)
        high.total += sums
      }
    }
    guard areSplit else { return [low, high] }
    // The larger child's sums are what the smaller one leaves of the parent's.
    if low.rows.count <= high.rows.count {
      low.histograms = histograms(low)
      high.histograms = rest(of: part, without: low)
    } else {
      high.histograms = histograms(high)
      low.histograms = rest(of: part, without: high)
    }
    return [low, high]
  }

  private func rest(of part: Part, without child: Part) -> [[Sums]] {
    zip(part.histograms, child.histograms).map { whole, own in zip(whole, own).map { $0 - $1 } }
  }

  private func histograms(_ part: Part) -> [[Sums]] {
    // Handing out little work costs more than doing it.
    let workers = part.rows.count * features.count < 50_000 ? Workers(1) : workers
    return workers.map(features.count) { place in
      let column = columns[features[place]]
      var histogram = [Sums](repeating: .zero, count: bins.edges[features[place]].count + 1)
      for i in part.rows.indices {
        histogram[Int(column[Int(part.rows[i])])] += part.sums[i]
      }
      return histogram
    }
  }

  private func best(_ part: Part, least: Double) -> Split? {
    func worth(_ sums: Sums) -> Double { sums.x * sums.x / (sums.y + configuration.ridge) }
    let whole = worth(part.total)
    var best: Split?
    for (place, histogram) in part.histograms.enumerated() {
      var low = Sums.zero
      for bin in 0..<histogram.count - 1 {
        low += histogram[bin]
        let high = part.total - low
        guard low.y >= least, high.y >= least else { continue }
        let gain = worth(low) + worth(high) - whole
        if gain > best?.gain ?? 1e-9 {
          best = Split(gain: gain, feature: features[place], bin: bin)
        }
      }
    }
    return best
  }
}
