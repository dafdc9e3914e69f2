package import Sessions

/// The policy that wrote the log: an upstream score, rules bolted on, and some noise.
///
/// Slot by slot, the remaining candidates are drawn from a softmax of (score + rules) /
/// temperature, mixed with the uniform law. The rules are bonuses and no masks, so every list has
/// a chance above 0 and the chance of each step is exact.
package struct FeedLogging: StepwiseLogging {
  /// Log-odds of the upstream score.
  private let scores: [Double]
  private let shops: [Int]
  private let isCold: [Bool]
  private let isTrigger: [Bool]
  private let draw: MixedSoftmax
  /// Of a mixed feed.
  private let inserts: FeedInserting?

  /// A shop that occurs in so many positions above loses `repeatCost`.
  private static let shopWindow = 3
  private static let repeatCost = 1.5
  /// Slots, from 0, where a cold item is put in.
  private static let coldSlots = [3, 7]
  private static let coldBonus = 3.0
  private static let triggerBonus = 6.0

  init(request: Request, shops: [Int], configuration: FeedWorldConfiguration) {
    scores = MixedSoftmax.logOdds(ofScoresIn: request)
    isCold = request.candidates.map { ($0.features["is_cold"]?.number ?? 0) > 0 }
    isTrigger = request.candidates.map { ($0.features["trigger"]?.number ?? 0) > 0 }
    self.shops = shops
    draw = MixedSoftmax(exploration: configuration.exploration)
    inserts = configuration.inserts > 0 ? FeedInserting(request, configuration) : nil
  }

  package var count: Int { scores.count }

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
    return inserts?.chances(of: values, after: placed, draw)
      ?? draw.chances(of: values, without: placed)
  }
}

extension FeedWorld {
  /// The logging policy for a request; it reads the request's features and no hidden numbers.
  package func logging(for request: Request) -> FeedLogging {
    let shops = CandidateColumn(.group, of: "shop").values(of: request.candidates)
    return FeedLogging(
      request: request, shops: shops.map { Int($0) }, configuration: configuration)
  }
}
