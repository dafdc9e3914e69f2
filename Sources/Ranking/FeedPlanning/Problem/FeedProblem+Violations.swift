extension FeedProblem {
  /// Every rule that a list of choices breaks, in the rules' own words: it looks at the finished list
  /// and shares nothing with the methods that make plans.
  package func violations(of choices: [FeedChoice]) -> [FeedViolation] {
    guard choices.count == slots else {
      return [.length(expected: slots, got: choices.count)]
    }
    let unknown = choices.indices.filter { !has(choices[$0]) }
    guard unknown.isEmpty else { return unknown.map { .unknown(slot: $0) } }
    var violations: [FeedViolation] = []
    for t in choices.indices {
      if choices[..<t].contains(choices[t]) { violations.append(.duplicate(slot: t)) }
      if let demanded = fixed[t], demanded != choices[t] { violations.append(.fixed(slot: t)) }
    }
    violations += orderViolations(of: choices)
    for c in channels.indices { violations += channelViolations(c, in: choices) }
    return violations
  }

  /// Queues in order: what is not fixed comes in the order of its indices and skips none.
  private func orderViolations(of choices: [FeedChoice]) -> [FeedViolation] {
    let taken = Set(fixed.values)
    let queues =
      [organic.indices.map { FeedChoice.organic($0) }]
      + channels.indices.filter { channels[$0].ordered }.map { c in
        channels[c].inserts.indices.map { FeedChoice.insert(channel: c, index: $0) }
      }
    return queues.flatMap { whole -> [FeedViolation] in
      let queue = whole.filter { !taken.contains($0) }
      let standing = choices.indices.filter { queue.contains(choices[$0]) }
      return zip(standing, queue).filter { choices[$0] != $1 }.map { .order(slot: $0.0) }
    }
  }

  private func channelViolations(_ c: Int, in choices: [FeedChoice]) -> [FeedViolation] {
    let channel = channels[c]
    let standing = choices.indices.filter { choices[$0].channel == c }
    var violations: [FeedViolation] = []
    for (above, below) in zip(standing, standing.dropFirst()) where below - above < channel.gap {
      violations.append(.spacing(channel: c, slot: below))
    }
    for t in standing where t < channel.first && fixed[t] == nil {
      violations.append(.first(channel: c, slot: t))
    }
    if standing.count < channel.minimum || standing.count > channel.maximum {
      violations.append(.count(channel: c, got: standing.count))
    }
    let weight = standing.reduce(0) { $0 + viewChances[$1] }
    if weight > capacity(ofChannel: c) {
      violations.append(.share(channel: c, got: weight))
    }
    return violations
  }
}
