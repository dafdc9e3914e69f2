import Tensors

/// Where each feature is cut into bins: a value's bin is the number of edges below it.
struct FeatureBins: Sendable {
  /// By feature, rising; one edge fewer than bins.
  let edges: [[Float]]

  /// Rows that the quantiles are taken from.
  private static let sample = 20_000

  /// Bins that hold about as many of the rows each; a value of its own where there are few.
  init(_ rows: FeatureRows, bins: Int, workers: Workers) {
    precondition((2...256).contains(bins), "bins fit a byte, got \(bins)")
    let step = max(1, rows.count / Self.sample)
    edges = workers.map(rows.width) { feature in
      let values = stride(from: 0, to: rows.count, by: step).map {
        rows.scalars[$0 * rows.width + feature]
      }.sorted()
      return Self.edges(sorted: values, bins: bins)
    }
  }

  private static func edges(sorted values: [Float], bins: Int) -> [Float] {
    guard let last = values.last else { return [] }
    var distinct: [Float] = []
    for value in values where distinct.last != value { distinct.append(value) }
    // The highest value is no edge: nothing would lie above it.
    if distinct.count <= bins { return Array(distinct.dropLast()) }
    var edges: [Float] = []
    for bin in 1..<bins {
      let value = values[bin * values.count / bins]
      if value != edges.last, value < last { edges.append(value) }
    }
    return edges
  }

  func bin(_ value: Float, feature: Int) -> UInt8 {
    let edges = edges[feature]
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if value <= edges[middle] { high = middle } else { low = middle + 1 }
    }
    return UInt8(low)
  }

  /// The bins of all rows, feature by feature: `[feature][row]`.
  func columns(_ rows: FeatureRows, workers: Workers) -> [[UInt8]] {
    workers.map(rows.width) { feature in
      (0..<rows.count).map { bin(rows.scalars[$0 * rows.width + feature], feature: feature) }
    }
  }
}
