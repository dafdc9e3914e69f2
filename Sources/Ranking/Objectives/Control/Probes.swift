/// Fixed sets of w for evaluation; each w is >= 0 and sums to 1.
package enum Probes {
  /// `w[objective] = p` for each point p in 0...1; the others share 1 - p equally.
  ///
  /// A single objective has no other to share with: its w is 1 at every point.
  package static func line(objective: Int, of count: Int, points: [Float]) -> [[Float]] {
    precondition(objective >= 0 && objective < count, "objective \(objective) of \(count)")
    return points.map { point in
      precondition(point >= 0 && point <= 1, "a point lies in 0...1, got \(point)")
      guard count > 1 else { return [1] }
      let rest = (1 - point) / Float(count - 1)
      return (0..<count).map { $0 == objective ? point : rest }
    }
  }

  /// Equal weights, each single objective, then each objective's line at 0, .2, .4, .6, .8, 1;
  /// without duplicates. 25 for four objectives.
  package static func standard(count: Int) -> [[Float]] {
    precondition(count > 0, "probes need at least one objective")
    var all = [[Float](repeating: 1 / Float(count), count: count)]
    for objective in 0..<count { all += line(objective: objective, of: count, points: [1]) }
    for objective in 0..<count {
      all += line(objective: objective, of: count, points: [0, 0.2, 0.4, 0.6, 0.8, 1])
    }
    var seen: Set<[Int]> = []
    // Compared to four digits: 1 - 0.8 and 0.2 are the same probe.
    return all.filter { seen.insert($0.map { Int(($0 * 10_000).rounded()) }).inserted }
  }

  /// Every w whose parts are whole multiples of `1 / divisions`:
  /// `(divisions + count - 1)! / (divisions! (count - 1)!)` of them, in lexicographic order.
  package static func simplexGrid(count: Int, divisions: Int) -> [[Float]] {
    precondition(count > 0 && divisions > 0, "a grid of \(count) parts, \(divisions) divisions")
    return compositions(of: divisions, parts: count).map { parts in
      parts.map { Float($0) / Float(divisions) }
    }
  }

  private static func compositions(of total: Int, parts: Int) -> [[Int]] {
    guard parts > 1 else { return [[total]] }
    return (0...total).flatMap { first in
      compositions(of: total - first, parts: parts - 1).map { [first] + $0 }
    }
  }
}
