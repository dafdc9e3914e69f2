import Calibration
import Features

/// What became of a request, for its client, the log and the controllers.
struct RankAnswer: Sendable {
  /// Resolved.
  var request: RankRequest
  let scanned: ScannedRequest?
  /// As it was sent.
  let body: [UInt8]
  /// Seconds since 1970-01-01 UTC.
  let time: Double
  /// The controllers' columns over the candidates.
  let flags: [[Float]]
  var oddities = FeatureOddities()
  /// Upstream scores before and after, as the model calibrates them.
  var scores: [ScoredCandidates] = []
  var response = RankResponse(
    items: [], weights: [], utilities: [], reward: nil, model: "", version: "")
  /// Whoever asked has left: there is no response, and nothing to count.
  var isAbandoned = false
  /// What the model said when it failed; not for the client.
  var failure: String?
}

extension Duration {
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
