import Objectives

/// The weightings that lists are judged at, and which of them lie on each objective's line.
package struct ProbeSet: Sendable, Equatable {
  /// Points of each objective's line: its own weight, the others sharing the rest.
  static let linePoints: [Float] = [0, 0.2, 0.4, 0.6, 0.8, 1]

  /// Each sums to 1: `[P][k]`.
  package private(set) var weights: [[Float]] = []
  /// Per objective, places in `weights` in the order of its weight.
  package private(set) var lines: [[Int]] = []

  /// The lines' points, equal weights and single objectives; with three objectives also the
  /// grid that a map of the simplex is drawn from.
  package static func standard(_ count: Int) -> ProbeSet {
    var set = ProbeSet(count)
    for w in Probes.standard(count: count) { _ = set.place(of: w) }
    if count == 3 {
      for w in Probes.simplexGrid(count: 3, divisions: 6) { _ = set.place(of: w) }
    }
    return set
  }

  /// The standard probes and every w in steps of `1 / divisions`; the grid's places with it.
  package static func grid(_ count: Int, divisions: Int) -> (set: ProbeSet, grid: [Int]) {
    var set = standard(count)
    let grid = Probes.simplexGrid(count: count, divisions: divisions).map { set.place(of: $0) }
    return (set, grid)
  }

  /// These weights, no lines.
  init(weights: [[Float]]) {
    self.weights = weights
    lines = weights.first.map { $0.map { _ in [] } } ?? []
  }

  private init(_ count: Int) {
    lines = (0..<count).map { objective in
      Probes.line(objective: objective, of: count, points: Self.linePoints).map { place(of: $0) }
    }
  }

  /// Where `w` stands; appended if it is new.
  package mutating func place(of w: [Float]) -> Int {
    if let known = knownPlace(of: w) { return known }
    weights.append(w)
    return weights.count - 1
  }

  /// Where `w` stands; nil when it is none of them.
  func knownPlace(of w: [Float]) -> Int? {
    weights.firstIndex { zip($0, w).allSatisfy { abs($0 - $1) < 1e-6 } }
  }
}
