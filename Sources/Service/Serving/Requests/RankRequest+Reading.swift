import JSON
import Sessions

extension RankRequest {
  /// Reads the body of `POST /v1/rerank`: a usual one through the scanner, which is several times
  /// faster, any other and every fault through `init(json:)`.
  ///
  /// - Parameter scanner: nil reads every body the general way, which gives the same.
  /// - Returns: the request, without features where these are cells of `scanned`.
  package static func read(
    _ body: [UInt8], scanner: RequestScanner?
  ) throws(RankErrors) -> (request: RankRequest, scanned: ScannedRequest?) {
    if let scanned = scanner?.scan(body) { return (scanned.request, scanned) }
    return (try readBody(body) { json throws(FieldError) in try RankRequest(json: json) }, nil)
  }
}
