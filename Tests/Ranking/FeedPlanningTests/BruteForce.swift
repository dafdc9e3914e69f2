import FeedPlanning

/// Every list of distinct items whose organic items come in order, held against the rules when it is
/// finished: it knows nothing of states, bounds or prices.
struct BruteForce {
  let problem: FeedProblem
  private let items: [FeedChoice]

  init(_ problem: FeedProblem) {
    self.problem = problem
    items =
      problem.organic.indices.map { .organic($0) }
      + problem.channels.indices.flatMap { c in
        problem.channels[c].inserts.indices.map { .insert(channel: c, index: $0) }
      }
  }

  /// Values of all lists that obey the problem, the highest first.
  func values() -> [Double] {
    var values: [Double] = []
    extend([], &values)
    return values.sorted(by: >)
  }

  private func extend(_ choices: [FeedChoice], _ values: inout [Double]) {
    guard choices.count < problem.slots else {
      if problem.violations(of: choices).isEmpty { values.append(problem.value(of: choices)) }
      return
    }
    for item in items where !choices.contains(item) {
      if let fixed = problem.fixed[choices.count], fixed != item { continue }
      extend(choices + [item], &values)
    }
  }
}
