/// What is answered; the raw values label metrics and logs, so they stay few.
enum Route: String, CaseIterable, Sendable {
  case rerank = "/v1/rerank"
  case feedback = "/v1/feedback"
  case sessionRerank = "/v1/sessions/{id}/rerank"
  case model = "/v1/model"
  case modelLoad = "/v1/model/load"
  case configurationReload = "/v1/config/reload"
  case steering = "/v1/steering"
  case presets = "/v1/presets"
  case samples = "/v1/samples"
  case report = "/v1/report"
  case status = "/v1/status"
  case health = "/healthz"
  case readiness = "/readyz"
  case metrics = "/metrics"
  case interface = "/openapi.json"
  case console = "/console"
  case root = "/"
  /// Everything of the Open Inference Protocol but its probes.
  case inference = "/v2"
  case inferenceHealth = "/v2/health"
  case other

  init(path: String) {
    if path.hasPrefix("/v2/health/") {
      self = .inferenceHealth
    } else if Route.session(in: path) != nil {
      self = .sessionRerank
    } else if path == "/v2" || path.hasPrefix("/v2/") {
      self = .inference
    } else if path.hasPrefix("/console/") {
      self = .console
    } else {
      // A path spelled "other" is no route either.
      self = Route(rawValue: path) ?? .other
    }
  }

  /// The id in the path of a session, as it was sent.
  static func session(in path: String) -> String? {
    let (first, last) = ("/v1/sessions/", "/rerank")
    guard path.hasPrefix(first), path.hasSuffix(last), path.count > first.count + last.count
    else { return nil }
    let id = path.dropFirst(first.count).dropLast(last.count)
    return id.contains("/") ? nil : String(id)
  }

  /// Whether lists are made there.
  var isRanking: Bool { self == .rerank || self == .sessionRerank || self == .inference }

  /// The status of an answer that refuses nothing.
  var usualStatus: Int {
    switch self {
    case .feedback: 202
    case .root: 302
    case .other: 404
    default: 200
    }
  }

  /// Methods it answers to, as the Allow header lists them.
  var methods: [String] {
    switch self {
    case .rerank, .feedback, .sessionRerank, .modelLoad, .configurationReload, .presets: ["POST"]
    case .inference: ["GET", "HEAD", "POST"]
    case .other: []
    default: ["GET", "HEAD"]
    }
  }

  /// Asked by machines every few seconds; logged at a lower level.
  var isProbe: Bool {
    switch self {
    case .health, .readiness, .metrics, .status, .steering, .inferenceHealth: true
    default: false
    }
  }

  /// Changes what the service does, for everybody.
  var isAdministration: Bool {
    switch self {
    case .modelLoad, .configurationReload, .presets: true
    default: false
    }
  }

  /// Open to everyone, also where keys are wanted.
  var isOpen: Bool {
    switch self {
    case .health, .readiness, .inferenceHealth, .metrics, .interface, .console, .root, .other: true
    default: false
    }
  }
}
