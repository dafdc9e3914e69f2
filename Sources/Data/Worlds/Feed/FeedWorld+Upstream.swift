import Foundation
import RandomStreams
import Sessions

extension FeedWorld {
  /// What a place and the items above cost on average, in log-odds: what a model that predicts the
  /// clicks of a log has learned without knowing it.
  private static let usualCost = 0.75
  /// How far a model trusts its own estimate, which is noisy.
  private static let trust = 0.8

  /// Gives the candidates a chance of a click as an upstream model predicts it, `ctr_score`, and the
  /// version of the model, `ctr_version`.
  ///
  /// The retrained model says the same with other log-odds: those of negatives that were dropped,
  /// `logit p - ln(kept)`. Nothing else of the request depends on the version.
  func addUpstream(
    to request: inout Request, user: Int, numbers: [Int], at time: Double,
    _ upstream: UpstreamConfiguration, _ stream: inout RandomStream
  ) {
    let hour = request.context["hour"]?.number.map { Int($0) }
    let device = request.context["device"]?.categories.first
    let isRetrained = upstream.retrainedAt.map { time >= self.time($0) } ?? false
    for (row, number) in numbers.enumerated() {
      let item = items[number]
      let answer = FeedAnswer(
        user: users[user], item: item, hour: hour, device: device, law: configuration)
      let error = upstream.noise * (item.scoreError + stream.normal()) / 2.0.squareRoot()
      var estimate =
        configuration.base - Self.usualCost + Self.trust * (answer.appeal - configuration.base)
        + Self.trust * error
      let isNew =
        isRetrained && (upstream.kinds.isEmpty || upstream.kinds.contains(item.kind.name))
      if isNew { estimate -= log(upstream.negativesKept) }
      request.candidates[row].features["ctr_score"] = .number(
        rounded(1 / (1 + exp(-estimate)), 1_000_000))
      request.candidates[row].features["ctr_version"] = .text(isNew ? "v2" : "v1")
    }
  }
}
