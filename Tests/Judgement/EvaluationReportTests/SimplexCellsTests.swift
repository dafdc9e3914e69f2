import EvaluationReport
import RandomStreams
import Testing

@Suite struct SimplexCellsTests {
  private let triangle = SimplexCells(corners: [[190, 34], [40, 282], [340, 282]])

  /// The shoelace formula.
  private func area(_ polygon: [SIMD2<Double>]) -> Double {
    polygon.indices.reduce(0.0) { (sum: Double, i: Int) -> Double in
      let (a, b) = (polygon[i], polygon[(i + 1) % polygon.count])
      let cross = a.x * b.y - a.y * b.x
      return sum + 0.5 * cross
    }
  }

  @Test func aCornerIsOneWeightAlone() {
    #expect(triangle.point([1, 0, 0]) == [190, 34])
    #expect(triangle.point([0, 0.5, 0.5]) == [190, 282])
  }

  @Test func twoPointsShareTheTriangleAtTheirMiddle() {
    // Two ends of the base: the cut is upright through the top.
    let cells = triangle.cells([[40, 282], [340, 282]])
    // Half of 300 x 248 / 2 each.
    for cell in cells { #expect(abs(abs(area(cell)) - 18600) < 1e-9) }
    #expect(cells[0].allSatisfy { $0.x <= 190 } && cells[1].allSatisfy { $0.x >= 190 })
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func cellsCoverTheTriangleOnce(seed: UInt64) {
    var stream = RandomStream(seed: seed, "cells")
    let points = (0..<25).map { _ in triangle.point(stream.dirichlet([1, 1, 1])) }
    let cells = triangle.cells(points)
    let covered = cells.reduce(0) { $0 + abs(area($1)) }
    #expect(abs(covered - abs(area(triangle.corners))) < 1e-6)
    for _ in 0..<50 {
      let place = triangle.point(stream.dirichlet([1, 1, 1]))
      let distances = points.map { (($0 - place) * ($0 - place)).sum() }
      let nearest = distances.indices.min { distances[$0] < distances[$1] }
      #expect(cells.indices.first { contains(cells[$0], place) } == nearest)
    }
  }

  /// Whether a convex polygon holds a point, whichever way round it goes.
  private func contains(_ polygon: [SIMD2<Double>], _ point: SIMD2<Double>) -> Bool {
    let sides = polygon.indices.map { (i: Int) -> Double in
      let (a, b) = (polygon[i], polygon[(i + 1) % polygon.count])
      let (side, way) = (b - a, point - a)
      return side.x * way.y - side.y * way.x
    }
    return sides.allSatisfy { $0 >= 0 } || sides.allSatisfy { $0 <= 0 }
  }

  @Test func pointsAtTheSamePlaceShareACell() {
    let cells = triangle.cells([[190, 100], [190, 100]])
    for cell in cells { #expect(cell == triangle.corners) }
  }
}
