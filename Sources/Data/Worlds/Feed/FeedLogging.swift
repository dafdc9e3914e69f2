import Foundation
package import RandomStreams
package import Sessions

/// The policy that wrote the log: an upstream score, rules bolted on, and some noise.
///
/// Slot by slot, the remaining candidates are drawn from a softmax of (score + rules) /
/// temperature, mixed with the uniform law. The rules are bonuses and no masks, so every list has
/// a chance above 0 and the chance of each step is exact.
package struct FeedLogging: Sendable {
  /// Log-odds of the upstream score.
  private let scores: [Double]
  private let shops: [Int]
  private let isCold: [Bool]
  private let isTrigger: [Bool]
  private let temperature: Double
  private let uniformShare: Double

  /// A shop that occurs in so many positions above loses `repeatCost`.
  private static let shopWindow = 3
  private static let repeatCost = 1.5
  /// Slots, from 0, where a cold item is put in.
  private static let coldSlots = [3, 7]
  private static let coldBonus = 3.0
  private static let triggerBonus = 6.0

  init(request: Request, shops: [Int], exploration: Double) {
    scores = request.candidates.map { candidate in
      let score = min(max(candidate.features["score"]?.number ?? 0.5, 1e-4), 1 - 1e-4)
      return log(score / (1 - score))
    }
    isCold = request.candidates.map { ($0.features["is_cold"]?.number ?? 0) > 0 }
    isTrigger = request.candidates.map { ($0.features["trigger"]?.number ?? 0) > 0 }
    self.shops = shops
    // Scores spread by about 1.3. Without exploration the best is taken; with all of it, any.
    temperature = max(2 * exploration, 1e-6)
    uniformShare = exploration * exploration
  }

  /// Chance of each candidate to come next: `[M]`; 0 for those already placed.
  package func chances(after placed: [Int]) -> [Double] {
    var values = scores
    let repeated = placed.suffix(FeedLogging.shopWindow).map { shops[$0] }
    let cold = FeedLogging.coldSlots.contains(placed.count) ? FeedLogging.coldBonus : 0
    for i in values.indices {
      if repeated.contains(shops[i]) { values[i] -= FeedLogging.repeatCost }
      if isCold[i] { values[i] += cold }
      if isTrigger[i] && placed.isEmpty { values[i] += FeedLogging.triggerBonus }
    }
    for i in placed { values[i] = -.infinity }
    let best = values.max() ?? 0
    var sum = 0.0
    for i in values.indices {
      values[i] = exp((values[i] - best) / temperature)
      sum += values[i]
    }
    let uniform = uniformShare / Double(values.count - placed.count)
    for i in values.indices { values[i] = (1 - uniformShare) * values[i] / sum + uniform }
    for i in placed { values[i] = 0 }
    return values
  }

  /// A list of `length`, and per slot the chance of the item there given those above.
  func list(
    length: Int, using stream: inout RandomStream
  ) -> (list: [Int], propensity: [Float]) {
    var list: [Int] = []
    var propensity: [Float] = []
    while list.count < min(length, scores.count) {
      let chances = chances(after: list)
      let chosen = pick(stream.uniform(), chances)
      list.append(chosen)
      propensity.append(Float(chances[chosen]))
    }
    return (list, propensity)
  }

  private func pick(_ uniform: Double, _ chances: [Double]) -> Int {
    var left = uniform
    var last = 0
    for (i, chance) in chances.enumerated() where chance > 0 {
      last = i
      left -= chance
      if left < 0 { break }
    }
    return last
  }
}

extension FeedWorld {
  /// The logging policy for a request; it reads the request's features and no hidden numbers.
  package func logging(for request: Request) -> FeedLogging {
    let shops = CandidateColumn(.group, of: "shop").values(of: request.candidates)
    return FeedLogging(
      request: request, shops: shops.map { Int($0) }, exploration: configuration.exploration)
  }

  /// A list as the upstream system would show it, and per slot the exact chance of its item given
  /// the items above.
  package func loggedList(
    for request: Request, using stream: inout RandomStream
  ) -> (list: [Int], propensity: [Float]) {
    logging(for: request).list(length: configuration.listLength, using: &stream)
  }
}
