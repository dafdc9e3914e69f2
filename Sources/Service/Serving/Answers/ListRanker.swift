package import Calibration
package import Features
package import Sessions

/// Something that answers rank requests: the trained model, or a stand-in for it.
package protocol ListRanker: Sendable {
  /// - Parameter request: resolved (`RankRequest.resolved`), so its size and weights are set.
  /// - Throws: `RankError` or `RankErrors` for what the caller can mend; at anything else the
  ///   fallback is served.
  func rank(_ request: RankRequest) throws -> RankResponse

  var description: ModelDescription { get }

  /// The raw features that it knows; nil when it does not tell.
  var features: RequestFeatures? { get }

  /// What is odd about the features of a request.
  ///
  /// - Parameter scanned: the features as they stand in the body; without them they are the request's.
  func oddities(_ request: RankRequest, _ scanned: ScannedRequest?) -> FeatureOddities

  /// Upstream scores that it calibrates.
  var scores: [FittedScore] { get }

  /// Those of a request before and after, in the order of `scores`.
  func scored(_ request: RankRequest, _ scanned: ScannedRequest?) -> [ScoredCandidates]

  /// Does once what would make the first request slow.
  func warmUp()

  /// The same ranker, ready to tell these raw columns of scanned requests.
  func reading(_ columns: [CandidateColumn]) -> any ListRanker
}

extension ListRanker {
  package var features: RequestFeatures? { nil }
  package func oddities(_ request: RankRequest, _ scanned: ScannedRequest?) -> FeatureOddities {
    FeatureOddities()
  }
  package var scores: [FittedScore] { [] }
  package func scored(
    _ request: RankRequest, _ scanned: ScannedRequest?
  ) -> [ScoredCandidates] { [] }
  package func warmUp() {}
  package func reading(_ columns: [CandidateColumn]) -> any ListRanker { self }
}

/// A ranker that takes features as they stand in the body, which saves most of the reading.
protocol ScanningRanker: ListRanker {
  /// nil when its schema does not allow it.
  var scanner: RequestScanner? { get }

  /// The same answer as `rank` gives for the request that `RankRequest` reads from the body.
  func rank(_ scanned: ScannedRequest) throws -> RankResponse

  /// The columns of `reading`: each `[M]`.
  func columns(of scanned: ScannedRequest) -> [[Float]]
}
