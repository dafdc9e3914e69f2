import Calibration
import Features

extension RankPipeline {
  /// Throws for scores of versions without a map whose configuration says `unknown_version: refuse`.
  func refuseUnknownVersions(_ oddities: FeatureOddities) throws(RankErrors) {
    let refused = oddities.unknownVersions.filter { $0.policy == .refuse }
    guard !refused.isEmpty else { return }
    throw RankErrors(
      refused.map { unknown in
        let known = ranker?.scores.first { $0.name == unknown.score }?.versions.map(\.version) ?? []
        return RankError(
          at: "/items",
          expected: "scores '\(unknown.score)' of a version with a map in the model "
            + "(\(known.joined(separator: ", ")))",
          got: unknown.version.isEmpty ? "none" : "'\(unknown.version)'",
          remedy: "fit a map for it with fader calibrate, or set unknown_version: latest and train")
      })
  }
}
