/// What a list should be good at: k numbers >= 0 that sum to 1.
package struct Weights: Sendable, Equatable {
  /// In the order of the objectives, normalised to sum 1.
  package let values: [Float]

  /// - Parameters:
  ///   - named: any numbers >= 0, not all 0; only their proportions matter. Objectives that are
  ///     not named get 0.
  ///   - objectives: the known names, in order.
  /// - Throws: the first fault in the order of the names.
  package init(named: [String: Double], objectives: [String]) throws(WeightsError) {
    guard !named.isEmpty else { throw .empty(known: objectives) }
    var given = [Double](repeating: 0, count: objectives.count)
    for (name, weight) in named.sorted(by: { $0.key < $1.key }) {
      guard let place = objectives.firstIndex(of: name) else {
        throw .unknownName(name, known: objectives)
      }
      guard weight.isFinite else { throw .notFinite(name, weight) }
      guard weight >= 0 else { throw .negative(name, weight) }
      given[place] = weight
    }
    guard given.contains(where: { $0 > 0 }) else { throw .allZero(known: objectives) }
    values = Weights.normalised(given)
  }

  /// Numbers that are known to be sound: finite, >= 0, not all 0.
  package init(values: [Float]) {
    precondition(
      values.allSatisfy { $0.isFinite && $0 >= 0 } && values.contains { $0 > 0 },
      "weights are finite, >= 0 and not all 0, got \(values)")
    self.values = Weights.normalised(values.map(Double.init))
  }

  private static func normalised(_ values: [Double]) -> [Float] {
    // By the largest first: sums of huge or tiny numbers would leave the range.
    let largest = values.max() ?? 1
    let shares = values.map { $0 / largest }
    let total = shares.reduce(0, +)
    return shares.map { Float($0 / total) }
  }
}
