/// The plain programme: slot by slot, all partial plans that are not beaten by `count` others with
/// the same future. Exact and slow.
struct SimpleProgramme {
  private struct Future: Hashable {
    var taken: Set<FeedChoice>
    var waits: [Int]
  }

  private struct Partial {
    var choices: [FeedChoice] = []
    var value = 0.0
    var future: Future
    var consumed: [Double]
  }

  private let problem: FeedProblem
  private let reserved: Set<FeedChoice>
  private let capacities: [Double]

  init(_ problem: FeedProblem) {
    self.problem = problem
    reserved = Set(problem.fixed.values)
    capacities = problem.channels.indices.map(problem.capacity(ofChannel:))
  }

  func plans(count: Int) -> [FeedPlan] {
    let none = problem.channels.map { _ in 0 }
    var partials = [
      Partial(future: Future(taken: [], waits: none), consumed: none.map(Double.init))
    ]
    for slot in 0..<problem.slots {
      var kept: [Future: [Partial]] = [:]
      for partial in partials {
        for choice in choices(after: partial, at: slot) {
          guard let next = extend(partial, choice, at: slot) else { continue }
          let better = kept[next.future, default: []].count { other in
            other.value >= next.value
              && zip(other.consumed, next.consumed).allSatisfy { $0 <= $1 }
          }
          if better < count { kept[next.future, default: []].append(next) }
        }
      }
      partials = kept.values.flatMap(\.self)
    }
    return partials.filter { problem.violations(of: $0.choices).isEmpty }
      .map { FeedPlan(choices: $0.choices, value: $0.value, bound: $0.value) }
      .sorted { $0.value > $1.value }.prefix(count).map(\.self)
  }

  private func choices(after partial: Partial, at slot: Int) -> [FeedChoice] {
    if let demanded = problem.fixed[slot] { return [demanded] }
    func left(_ all: [FeedChoice]) -> [FeedChoice] {
      all.filter { !reserved.contains($0) && !partial.choices.contains($0) }
    }
    var choices = Array(left(problem.organic.indices.map { .organic($0) }).prefix(1))
    for (c, channel) in problem.channels.enumerated() where slot >= channel.first {
      let queue = left(channel.inserts.indices.map { .insert(channel: c, index: $0) })
      choices += channel.ordered ? Array(queue.prefix(1)) : queue
    }
    return choices
  }

  private func extend(_ partial: Partial, _ choice: FeedChoice, at slot: Int) -> Partial? {
    var next = partial
    next.future.waits = partial.future.waits.map { max(0, $0 - 1) }
    if let c = choice.channel {
      guard partial.future.waits[c] == 0 else { return nil }
      next.future.waits[c] = min(problem.channels[c].gap, problem.slots) - 1
      next.consumed[c] += problem.viewChances[slot]
      if next.consumed[c] > capacities[c] { return nil }
      next.future.taken.insert(choice)
    }
    next.choices.append(choice)
    next.value += problem.value(of: choice, at: slot)
    return next
  }
}
