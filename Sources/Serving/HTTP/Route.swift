/// The paths that are answered; everything else is `other`, so that metrics stay few.
enum Route: String, CaseIterable, Sendable {
  case rerank = "/v1/rerank"
  case model = "/v1/model"
  case health = "/healthz"
  case readiness = "/readyz"
  case metrics = "/metrics"
  case other

  init(path: String) {
    let known = Route(rawValue: path)
    // A path spelled "other" is no route either.
    self = known ?? .other
  }

  /// Methods it answers to, as the Allow header lists them.
  var methods: [String] {
    switch self {
    case .rerank: ["POST"]
    case .model, .health, .readiness, .metrics: ["GET", "HEAD"]
    case .other: []
    }
  }

  /// Asked by machines every few seconds; logged at a lower level.
  var isProbe: Bool {
    switch self {
    case .health, .readiness, .metrics: true
    case .rerank, .model, .other: false
    }
  }
}
