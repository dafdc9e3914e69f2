import Logging
import Steering

/// What is known of one HTTP request by the time it is answered, for the metrics and the log.
struct Visit: Sendable {
  let route: Route
  let id: String
  var status = 0
  var seconds = 0.0
  var timing = RankPipeline.Timing()
  /// Length of the body.
  var bytes: Int?
  /// Length of the list that was given, and where it came from.
  var listed: Int?
  var origin: ListOrigin?
  var steering: AppliedSteering?
  /// The answer's effective weights.
  var weights: [RankResponse.Weight] = []
  var fault: String?

  init(route: Route, id: String) {
    self.route = route
    self.id = id
  }

  /// Bounded in length and free of control characters, whatever was sent.
  func metadata(method: String) -> Logger.Metadata {
    var metadata: Logger.Metadata = [
      "request_id": "\(id)", "method": "\(method.prefix(16))", "route": "\(route.rawValue)",
      "status": .stringConvertible(status),
      "ms": .stringConvertible((seconds * 1e6).rounded() / 1e3),
    ]
    if let bytes { metadata["bytes"] = .stringConvertible(bytes) }
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
    if let fault {
      let safe = fault.unicodeScalars.prefix(300).map { $0.value < 0x20 ? " " : String($0) }
      metadata["fault"] = "\(safe.joined())"
    }
    return metadata
  }
}
