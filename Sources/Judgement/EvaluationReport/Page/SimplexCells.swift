/// Cuts a triangle into one cell per point: what lies nearer to it than to any other point.
package struct SimplexCells: Sendable {
  /// Where the three corners (1, 0, 0), (0, 1, 0) and (0, 0, 1) lie.
  package let corners: [SIMD2<Double>]

  package init(corners: [SIMD2<Double>]) {
    precondition(corners.count == 3, "a triangle has 3 corners, got \(corners.count)")
    self.corners = corners
  }

  /// `sum_i w_i * corner_i`.
  package func point(_ weights: [Double]) -> SIMD2<Double> {
    precondition(weights.count == 3, "a point of the triangle has 3 weights, got \(weights)")
    return zip(corners, weights).reduce(.zero) { $0 + $1.1 * $1.0 }
  }

  /// The corners of each point's cell, in order around it. Points at the same place share a cell.
  package func cells(_ points: [SIMD2<Double>]) -> [[SIMD2<Double>]] {
    points.map { own in
      points.reduce(corners) { cell, other in
        let way = other - own
        // Nearer to `own` is the side of the middle where `way` does not lead to.
        guard (way * way).sum() > 1e-9 else { return cell }
        return SimplexCells.clip(cell, middle: 0.5 * (own + other), way: way)
      }
    }
  }

  /// The part of a convex polygon on the near side of a line (Sutherland and Hodgman, 1974).
  private static func clip(
    _ polygon: [SIMD2<Double>], middle: SIMD2<Double>, way: SIMD2<Double>
  ) -> [SIMD2<Double>] {
    var kept: [SIMD2<Double>] = []
    for (i, corner) in polygon.enumerated() {
      let next = polygon[(i + 1) % polygon.count]
      let here = ((corner - middle) * way).sum()
      let there = ((next - middle) * way).sum()
      if here <= 0 { kept.append(corner) }
      if (here < 0 && there > 0) || (here > 0 && there < 0) {
        kept.append(corner + here / (here - there) * (next - corner))
      }
    }
    return kept
  }
}
