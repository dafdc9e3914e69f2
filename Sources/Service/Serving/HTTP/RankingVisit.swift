import CandidateSelection
import Logging
import Steering

/// What is known of one ranking, for the metrics and the log.
struct RankingVisit: Sendable {
  let id: String
  let timing: RankPipeline.Timing
  /// Length of the list that was given, and where it came from.
  var listed: Int?
  var origin: ListOrigin?
  var steering: AppliedSteering?
  var history: RankResponse.History?
  /// What the model got to see; nil where it saw all.
  var candidates: SelectedCandidates?
  /// The answer's effective weights.
  var weights: [RankResponse.Weight] = []

  init(id: String, _ outcome: RerankResponder.Outcome) {
    self.id = id
    timing = outcome.timing
    guard case .success(let answer) = outcome.result, !answer.isAbandoned else { return }
    listed = answer.response.items.count
    origin = answer.response.origin
    steering = answer.response.steering
    history = answer.response.history
    candidates = answer.response.candidates
    weights = answer.response.weights
  }

  /// Of all its stages.
  var seconds: Double { timing.seconds.reduce(0) { $0 + $1.seconds } }

  var metadata: Logger.Metadata {
    var metadata: Logger.Metadata = [:]
    if let listed { metadata["listed"] = .stringConvertible(listed) }
    if let origin {
      metadata["source"] = "\(origin.source.rawValue)"
      if let reason = origin.fallback { metadata["fallback"] = "\(reason.rawValue)" }
    }
    if let choice = steering?.choice {
      metadata["rule"] = "\(choice.rule)"
      if let preset = choice.preset { metadata["preset"] = "\(preset)" }
      if let arm = choice.arm { metadata["arm"] = "\(arm)" }
    }
    if !weights.isEmpty {
      let texts = weights.map { "\($0.name)=\(($0.effective * 1e4).rounded() / 1e4)" }
      metadata["w"] = "\(texts.joined(separator: ","))"
    }
    return metadata
  }
}
