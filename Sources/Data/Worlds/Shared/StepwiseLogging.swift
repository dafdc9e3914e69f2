import Foundation
import RandomStreams
import Sessions

/// A policy that writes logged lists slot by slot, each step with a known chance.
package protocol StepwiseLogging: Sendable {
  /// Candidates of the request.
  var count: Int { get }

  /// Chance of each candidate to come next: `[M]`; 0 for those already placed.
  func chances(after placed: [Int]) -> [Double]
}

extension StepwiseLogging {
  /// A list of `length`, and per slot the chance of the item there given those above.
  func list(
    length: Int, using stream: inout RandomStream
  ) -> (list: [Int], propensity: [Float]) {
    var list: [Int] = []
    var propensity: [Float] = []
    while list.count < min(length, count) {
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

/// How a logging policy explores: a softmax of what it thinks of the candidates, mixed with the
/// uniform law, so that every list has a chance above 0.
struct MixedSoftmax: Sendable {
  private let temperature: Double
  private let uniformShare: Double

  /// - Parameter exploration: 0 takes the best, 1 takes any.
  init(exploration: Double) {
    // Scores spread by about 1.3. Without exploration the best is taken; with all of it, any.
    temperature = max(2 * exploration, 1e-6)
    uniformShare = exploration * exploration
  }

  /// Chance of each candidate by its value in log-odds: `[M]`; 0 for those already placed.
  func chances(of values: [Double], without placed: [Int]) -> [Double] {
    var values = values
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

  /// Log-odds of the upstream score: `[M]`.
  static func logOdds(ofScoresIn request: Request) -> [Double] {
    request.candidates.map { candidate in
      let score = min(max(candidate.features["score"]?.number ?? 0.5, 1e-4), 1 - 1e-4)
      return log(score / (1 - score))
    }
  }
}
