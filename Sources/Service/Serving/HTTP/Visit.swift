import Logging

/// What is known of one HTTP request by the time it is answered, for the metrics and the log.
struct Visit: Sendable {
  let route: Route
  let id: String
  let connection: ClientConnection
  var status = 0
  var seconds = 0.0
  /// Whether the client was told, or needed not to be told, to send its body.
  var isBodyWanted = false
  /// Length of the body.
  var bytes: Int?
  /// Those that were asked for in it; none where they were refused as a whole.
  var rankings: [RankingVisit] = []
  var fault: String?

  init(route: Route, id: String, connection: ClientConnection) {
    self.route = route
    self.id = id
    self.connection = connection
  }

  /// Bounded in length and free of control characters, whatever was sent.
  func metadata(method: String) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "request_id": "\(id)", "method": "\(method.prefix(16))", "route": "\(route.rawValue)",
      "status": .stringConvertible(status),
      "ms": .stringConvertible((seconds * 1e6).rounded() / 1e3),
    ]
    if let bytes { metadata["bytes"] = .stringConvertible(bytes) }
    if rankings.count == 1 {
      metadata.merge(rankings[0].metadata) { one, _ in one }
    } else if rankings.count > 1 {
      metadata["rankings"] = .stringConvertible(rankings.count)
      metadata["listed"] = .stringConvertible(rankings.reduce(0) { $0 + ($1.listed ?? 0) })
    }
    if let fault {
      let safe = fault.unicodeScalars.prefix(300).map { $0.value < 0x20 ? " " : String($0) }
      metadata["fault"] = "\(safe.joined())"
    }
    return metadata
  }
}
