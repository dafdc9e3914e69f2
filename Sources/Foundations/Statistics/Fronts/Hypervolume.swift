/// Volume that the points dominate above the reference point, exact; larger is better everywhere.
///
/// The union of the boxes between the reference and each point, by the WFG algorithm: each point
/// adds its own box less what the points after it share of that box (While, Bradstreet and Barone,
/// "A fast way of calculating exact hypervolumes", IEEE TEC 2012). Sorted by the last objective, the
/// shared part has one objective less, down to a sweep in two. Never shrinks when a point is added;
/// unchanged by dominated points, by duplicates and by the order of the points (up to rounding).
///
/// - Parameters:
///   - points: `[n, objectives]`; a point not above the reference in every objective adds nothing.
///   - reference: `[objectives]`, fixed by the caller: volumes of different references do not compare.
/// - Returns: 0 without points; nil when a number is not finite.
package func hypervolume(_ points: [[Double]], reference: [Double]) -> Double? {
  precondition(!reference.isEmpty, "hypervolume needs at least one objective")
  guard reference.allSatisfy(\.isFinite) else { return nil }
  var boxes = Boxes(width: reference.count)
  for point in points {
    precondition(
      point.count == reference.count,
      "a point of \(point.count) objectives for a reference of \(reference.count)")
    guard point.allSatisfy(\.isFinite) else { return nil }
    let sides = zip(point, reference).map { $0 - $1 }
    if sides.allSatisfy({ $0 > 0 }) { boxes.add(sides[...]) }
  }
  return boxes.volume
}

/// Boxes with one corner in the origin, none inside another: `[count, width]` sides above 0.
private struct Boxes {
  let width: Int
  private var sides: [Double] = []

  init(width: Int) {
    self.width = width
  }

  var count: Int { sides.count / width }

  private func row(_ i: Int) -> Range<Int> { i * width..<(i + 1) * width }

  /// Adds a box unless it lies inside another; drops those inside it.
  mutating func add(_ box: ArraySlice<Double>) {
    var kept = 0
    for i in 0..<count {
      var holds = true
      var fits = true
      for (j, side) in zip(row(i), box) {
        if sides[j] < side { holds = false }
        if sides[j] > side { fits = false }
      }
      if holds { return }
      if fits { continue }
      if kept < i { for d in 0..<width { sides[kept * width + d] = sides[i * width + d] } }
      kept += 1
    }
    sides.removeLast((count - kept) * width)
    sides.append(contentsOf: box)
  }

  /// Volume of the union.
  var volume: Double {
    if count == 1 { return sides.reduce(1, *) }
    if width == 1 { return sides.max() ?? 0 }
    return width == 2 ? area : volumeByLastSide
  }

  /// None holds another, so the tallest of the narrower ones are the steps of a staircase.
  private var area: Double {
    let order = (0..<count).sorted { sides[2 * $0] > sides[2 * $1] }
    var height = 0.0
    var sum = 0.0
    for i in order {
      sum += sides[2 * i] * (sides[2 * i + 1] - height)
      height = sides[2 * i + 1]
    }
    return sum
  }

  private var volumeByLastSide: Double {
    let last = width - 1
    let order = (0..<count).sorted { sides[$0 * width + last] < sides[$1 * width + last] }
    var sum = 0.0
    var clipped = [Double](repeating: 0, count: last)
    for (place, i) in order.enumerated() {
      var base = 1.0
      for d in 0..<last { base *= sides[i * width + d] }
      // All boxes that follow reach at least as far in the last objective.
      var shared = Boxes(width: last)
      for j in order[(place + 1)...] {
        for d in 0..<last { clipped[d] = min(sides[i * width + d], sides[j * width + d]) }
        shared.add(clipped[...])
      }
      sum += sides[i * width + last] * (base - shared.volume)
    }
    return sum
  }
}
