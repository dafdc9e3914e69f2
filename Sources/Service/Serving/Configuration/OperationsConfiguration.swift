/// How much is worked on at once: section `serving.limits`.
public struct LimitsConfiguration: Codable, Sendable, Hashable {
  /// Rankings at the same time; 0 for one per core.
  public var concurrent = 0
  /// Requests that may wait for their turn; more are refused with 429.
  public var waiting = 256
  /// Milliseconds a request may wait; longer ones are refused with 503.
  public var queueMilliseconds = 500.0
  /// Seconds a client may take to send a request's body.
  public var bodySeconds = 10.0

  enum CodingKeys: String, CodingKey {
    case concurrent, waiting
    case queueMilliseconds = "queue_ms"
    case bodySeconds = "body_seconds"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    concurrent = try c.decodeIfPresent(Int.self, forKey: .concurrent) ?? concurrent
    waiting = try c.decodeIfPresent(Int.self, forKey: .waiting) ?? waiting
    queueMilliseconds =
      try c.decodeIfPresent(Double.self, forKey: .queueMilliseconds) ?? queueMilliseconds
    bodySeconds = try c.decodeIfPresent(Double.self, forKey: .bodySeconds) ?? bodySeconds
  }
}

/// Where the bearer keys are: section `serving.keys`. They never stand in the configuration itself,
/// which is written into logs and checkpoints.
public struct KeysConfiguration: Codable, Sendable, Hashable {
  /// A file with a key per line; `#` starts a comment.
  public var file: String?
  /// An environment variable with keys, separated by blanks or commas.
  public var environment: String?

  public init(file: String? = nil, environment: String? = nil) {
    self.file = file
    self.environment = environment
  }
}

/// The files of a TLS server, both PEM: section `serving.tls`.
public struct CertificateConfiguration: Codable, Sendable, Hashable {
  /// The certificate, followed by those that vouch for it.
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// A folder into which checkpoints are put while the service runs: section `serving.models`.
public struct ModelsConfiguration: Codable, Sendable, Hashable {
  /// Of checkpoint folders; the one written last is served.
  public var folder: String
  /// Seconds between two looks; 0 looks only when asked to (`POST /v1/model/load`).
  public var pollSeconds = 2.0

  enum CodingKeys: String, CodingKey {
    case folder
    case pollSeconds = "poll_seconds"
  }

  public init(folder: String) { self.folder = folder }

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    folder = try c.decode(String.self, forKey: .folder)
    pollSeconds = try c.decodeIfPresent(Double.self, forKey: .pollSeconds) ?? pollSeconds
  }
}

/// What the console shows beside the live service: section `serving.console`.
public struct ConsoleConfiguration: Codable, Sendable, Hashable {
  /// A session file whose first requests can be picked.
  public var sessions: String?
  /// A report as `fader evaluate --json` writes it.
  public var report: String?

  public init(sessions: String? = nil, report: String? = nil) {
    self.sessions = sessions
    self.report = report
  }
}
