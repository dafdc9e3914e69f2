/// Whether each point is on the Pareto front, larger being better in every objective.
///
/// A point is dominated when another is at least as good everywhere and better somewhere; so equal
/// points do not dominate each other and all of them stay. At least one point of finite ones is on
/// the front. A point with a NaN has no place: it is never on the front and dominates nothing.
///
/// - Parameter points: `[n, objectives]`.
package func nonDominated(_ points: [[Double]]) -> [Bool] {
  for point in points {
    precondition(
      point.count == points[0].count,
      "a point of \(point.count) objectives beside one of \(points[0].count)")
  }
  return points.map { point in
    !point.contains(where: \.isNaN) && !points.contains { dominates($0, point) }
  }
}

private func dominates(_ one: [Double], _ other: [Double]) -> Bool {
  var better = false
  for i in one.indices {
    guard one[i] >= other[i] else { return false }
    if one[i] > other[i] { better = true }
  }
  return better
}
