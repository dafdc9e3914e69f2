/// Something that answers rank requests: the trained model, or a stand-in for it.
public protocol ListRanker: Sendable {
  /// - Parameter request: resolved (`RankRequest.resolved`), so its size and weights are set.
  /// - Throws: `RankFault` or `RankFaults` for what the caller can mend; anything else counts as
  ///   this side's failure.
  func rank(_ request: RankRequest) throws -> RankResponse

  var description: ModelDescription { get }

  /// Does once what would make the first request slow.
  func warmUp()
}

extension ListRanker {
  public func warmUp() {}
}

/// A ranker that takes features as they stand in the body, which saves most of the reading.
protocol ScanningRanker: ListRanker {
  /// nil when its schema does not allow it.
  var scanner: RequestScanner? { get }

  /// The same answer as `rank` gives for the request that `RankRequest` reads from the body.
  func rank(_ scanned: ScannedRequest) throws -> RankResponse
}
