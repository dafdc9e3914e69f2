import Statistics

/// How often log-odds fell between fixed edges.
package struct ScoreHistogram: Codable, Sendable, Hashable {
  /// Rising strictly, in log-odds; bin b holds what is at least edge b - 1 and below edge b.
  package let edges: [Double]
  /// `[edges + 1]`
  package private(set) var counts: [Double]

  package static let bins = 10

  /// Bins of about equal mass over the rows, and their counts.
  ///
  /// - Parameter counts: sorted by score.
  init(of counts: [ScoreCount]) {
    let rows = counts.rows
    var edges: [Double] = []
    var sum = 0.0
    var cuts = 0
    for cell in counts {
      // Where rows below fill another bin, the next one begins; a score of many rows fills several.
      let filled = Int(sum * Double(Self.bins) / rows + 1e-9)
      if filled > cuts { edges.append(cell.x) }
      cuts = max(cuts, filled)
      sum += cell.count
    }
    self.init(edges: edges)
    for cell in counts { add(cell.x, count: cell.count) }
  }

  init(edges: [Double]) {
    self.edges = edges
    counts = [Double](repeating: 0, count: edges.count + 1)
  }

  /// The same edges without rows.
  package var emptied: ScoreHistogram { ScoreHistogram(edges: edges) }

  package var rows: Double { counts.reduce(0, +) }

  package mutating func add(_ x: Double, count: Double = 1) {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= x { low = middle + 1 } else { high = middle }
    }
    counts[low] += count
  }

  /// Makes all rows count less, so that old ones are forgotten.
  package mutating func fade(by factor: Double) { for b in counts.indices { counts[b] *= factor } }

  /// PSI of these rows against `earlier` ones of the same edges; nil where one of them has no rows.
  package func stability(against earlier: ScoreHistogram) -> Double? {
    precondition(edges == earlier.edges, "histograms of other edges cannot be compared")
    return populationStability(counts, against: earlier.counts)
  }
}
