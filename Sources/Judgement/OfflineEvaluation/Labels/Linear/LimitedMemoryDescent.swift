/// Minimises a smooth convex function by L-BFGS (Liu and Nocedal, "On the limited memory BFGS
/// method for large scale optimization", 1989) with backtracking steps.
package struct LimitedMemoryDescent: Sendable {
  package var iterations = 80
  /// Pairs of steps and gradients' changes that are remembered.
  package var memory = 8
  /// Ends when the gradient is no longer than this.
  package var tolerance = 1e-5

  package init() {}

  /// The lowest point that is found from `start`; no step goes up.
  ///
  /// - Parameter function: value and gradient, of the point's length.
  package func minimum(
    from start: [Double], of function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> [Double] {
    var point = start
    var (value, gradient) = function(point)
    var pairs: [Pair] = []
    for _ in 0..<iterations {
      let length = dot(gradient, gradient).squareRoot()
      guard length > tolerance else { break }
      var direction = Self.direction(gradient, pairs)
      var slope = dot(direction, gradient)
      if slope >= 0 {
        pairs = []
        direction = gradient.map { -$0 }
        slope = -length * length
      }
      var step = pairs.isEmpty ? min(1, 1 / length) : 1
      var next = Self.moved(point, direction, step)
      var found = function(next)
      while !(found.value <= value + 1e-4 * step * slope) {
        step /= 2
        guard step > 1e-12 else { return point }
        next = Self.moved(point, direction, step)
        found = function(next)
      }
      let pair = Pair(
        step: direction.map { $0 * step }, change: zip(found.gradient, gradient).map { $0 - $1 })
      if pair.curvature > 1e-14 { pairs.append(pair) }
      if pairs.count > memory { pairs.removeFirst() }
      (point, value, gradient) = (next, found.value, found.gradient)
    }
    return point
  }

  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      self.step = step
      self.change = change
      curvature = dot(step, change)
    }
  }

  /// `-H g` by the two-loop recursion, the newest pair last.
  private static func direction(_ gradient: [Double], _ pairs: [Pair]) -> [Double] {
    var direction = gradient.map { -$0 }
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = dot(pair.step, direction) / pair.curvature
      add(-share, pair.change, to: &direction)
      shares.append(share)
    }
    if let last = pairs.last {
      let scale = last.curvature / dot(last.change, last.change)
      for i in direction.indices { direction[i] *= scale }
    }
    for (pair, share) in zip(pairs, shares.reversed()) {
      let back = dot(pair.change, direction) / pair.curvature
      add(share - back, pair.step, to: &direction)
    }
    return direction
  }

  private static func moved(
    _ point: [Double], _ direction: [Double], _ step: Double
  ) -> [Double] {
    var next = point
    add(step, direction, to: &next)
    return next
  }

  private static func add(_ factor: Double, _ values: [Double], to sum: inout [Double]) {
    for i in sum.indices { sum[i] += factor * values[i] }
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
