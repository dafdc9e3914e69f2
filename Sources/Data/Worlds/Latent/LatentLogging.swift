package import Sessions

/// The policy that wrote the log: a softmax of the upstream score's log-odds, mixed with the
/// uniform law, so that every list has a chance above 0.
package struct LatentLogging: StepwiseLogging {
  /// Log-odds of the upstream score.
  private let scores: [Double]
  private let draw: MixedSoftmax

  init(request: Request, exploration: Double) {
    scores = MixedSoftmax.logOdds(ofScoresIn: request)
    draw = MixedSoftmax(exploration: exploration)
  }

  package var count: Int { scores.count }

  /// Chance of each candidate to come next: `[M]`; 0 for those already placed.
  package func chances(after placed: [Int]) -> [Double] {
    draw.chances(of: scores, without: placed)
  }
}

extension LatentWorld {
  /// The logging policy for a request; it reads the request's features and no hidden numbers.
  package func logging(for request: Request) -> LatentLogging {
    LatentLogging(request: request, exploration: configuration.exploration)
  }
}
