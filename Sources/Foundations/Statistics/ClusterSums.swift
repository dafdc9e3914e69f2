/// Per cluster (a user): how many observations there were, and the sums of some columns over them.
///
/// Everything a cluster bootstrap of means needs: its cost then depends on the number of clusters,
/// never on the number of observations.
package struct ClusterSums: Sendable, Equatable {
  /// Columns beside the count.
  package let columns: Int
  /// [clusters, 1 + columns], the count first.
  private var table: [Double] = []
  private var width: Int { columns + 1 }

  package init(columns: Int) {
    precondition(columns >= 0, "columns cannot be negative, got \(columns)")
    self.columns = columns
  }

  /// One more than the largest cluster index added so far.
  package var clusters: Int { table.count / width }

  /// Observations over all clusters.
  package var count: Double {
    stride(from: 0, to: table.count, by: width).reduce(0) { $0 + table[$1] }
  }

  /// Adds one observation; clusters below `cluster` that were never seen stay empty.
  package mutating func add(cluster: Int, _ values: [Double]) {
    precondition(values.count == columns, "\(values.count) values for \(columns) columns")
    precondition(cluster >= 0, "clusters count from 0, got \(cluster)")
    let start = cluster * width
    if start >= table.count {
      table.append(contentsOf: repeatElement(0, count: start + width - table.count))
    }
    table[start] += 1
    for (column, value) in values.enumerated() { table[start + 1 + column] += value }
  }

  /// Mean of every column over all observations; nil when there is none.
  package var means: [Double]? { means(multiplicities: nil) }

  /// Mean of every column when cluster c counts `multiplicities[c]` times (its sums and its number
  /// of observations alike); nil when nothing is left.
  package func means(multiplicities: [Int]?) -> [Double]? {
    if let multiplicities {
      precondition(
        multiplicities.count >= clusters,
        "\(multiplicities.count) multiplicities for \(clusters) clusters")
    }
    var totals = [Double](repeating: 0, count: width)
    for cluster in 0..<clusters {
      let times = multiplicities.map { Double($0[cluster]) } ?? 1
      guard times > 0 else { continue }
      let start = cluster * width
      for column in totals.indices { totals[column] += times * table[start + column] }
    }
    guard totals[0] > 0 else { return nil }
    return totals.dropFirst().map { $0 / totals[0] }
  }
}
