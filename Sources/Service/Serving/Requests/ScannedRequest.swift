package import Features
import Sessions

/// A request whose features are cells of its body.
package struct ScannedRequest: Sendable {
  /// Everything but features: its user, context and items have none.
  package var request: RankRequest
  package let items: FeatureCells
  package let user: FeatureCells
  package let context: FeatureCells
  /// Where the features of each item stand in the body; empty for one without.
  package let itemFeatures: [Range<Int>]
  package let userFeatures: Range<Int>
  package let contextFeatures: Range<Int>
  /// What the cells point into.
  package let body: [UInt8]
}

extension ScannedRequest {
  /// The request with some of its items.
  func keeping(_ kept: [Int], as request: RankRequest) -> ScannedRequest {
    ScannedRequest(
      request: request, items: items.selecting(kept), user: user, context: context,
      itemFeatures: kept.map { itemFeatures[$0] }, userFeatures: userFeatures,
      contextFeatures: contextFeatures, body: body)
  }
}

extension FittedSchema {
  package func encode(_ scanned: ScannedRequest) -> EncodedRequest {
    encode(
      items: scanned.items, user: scanned.user, context: scanned.context,
      itemIDs: { scanned.request.items[$0].id }, userID: scanned.request.user.id,
      history: scanned.request.history, in: scanned.body)
  }
}
