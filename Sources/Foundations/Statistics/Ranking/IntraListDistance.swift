/// Mean distance over all pairs of a list (ILAD), in the distance's own unit.
///
/// `2 / (n (n - 1)) * sum_{i < j} d(i, j)` (Zhang and Hurley, "Avoiding monotony", RecSys 2008). The
/// order of the list does not matter.
///
/// - Parameters:
///   - items: the listed items, as indices that `distance` understands.
///   - distance: symmetric; asked once per pair. A NaN makes the result nil.
/// - Returns: nil for fewer than two unmasked items, which have no pair.
package func intraListDistance(
  _ items: [Int], mask: [Bool]? = nil, distance: (Int, Int) -> Double
) -> Double? {
  let listed = counted(items.count, mask: mask).map { items[$0] }
  guard listed.count > 1 else { return nil }
  var sum = 0.0
  for (place, item) in listed.enumerated() {
    for other in listed[(place + 1)...] { sum += distance(item, other) }
  }
  let mean = sum / (Double(listed.count) * Double(listed.count - 1) / 2)
  return mean.isNaN ? nil : mean
}
