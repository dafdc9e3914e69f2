import Sessions

extension RankRequest {
  /// One weight per objective of the model, summing to 1; objectives not named weigh nothing.
  ///
  /// Without weights: the configured ones, else equal ones. Where no model says what the objectives
  /// are, there are none.
  func effectiveWeights(
    _ model: ModelDescription, _ configuration: ServingConfiguration,
    _ faults: inout [RankError]
  ) -> [String: Double] {
    let names = model.objectives.map(\.name)
    guard !names.isEmpty else { return [:] }
    let equal = Dictionary(names.map { ($0, 1.0) }) { first, _ in first }
    let given = weights ?? configuration.defaultWeights ?? equal
    let known = names.joined(separator: ", ")
    let before = faults.count
    for (name, weight) in given.sorted(by: { $0.key < $1.key }) {
      let pointer = "/weights" + pointerStep(name)
      if !names.contains(name) {
        faults.append(
          RankError(
            at: pointer, expected: "one of the objectives \(known)", got: "\"\(name)\""))
      } else if !(weight >= 0 && weight.isFinite) {
        faults.append(
          RankError(at: pointer, expected: "a finite number from 0", got: "\(weight)"))
      }
    }
    guard faults.count == before else { return equal }
    // Dividing by the largest first keeps the sum from overflowing.
    let largest = given.values.max() ?? 0
    guard largest > 0 else {
      faults.append(
        RankError(
          at: "/weights", expected: "a weight above 0 for at least one of \(known)", got: "none"))
      return equal
    }
    let sum = names.reduce(0) { $0 + (given[$1] ?? 0) / largest }
    return Dictionary(names.map { ($0, (given[$0] ?? 0) / largest / sum) }) { first, _ in first }
  }
}
