import ConfigurationFields

/// How much is worked on at once: section `serving.limits`.
public struct LimitsConfiguration: Configurable, Hashable {
  public var concurrent = 0
  public var waiting = 256
  public var queueMilliseconds = 500.0
  public var bodySeconds = 10.0

  public init() {}

  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "concurrent", \.concurrent, "Rankings at the same time; 0 for one per core.",
      .within(0...1024)),
    .init(
      "waiting", \.waiting,
      "Requests that may wait for their turn; more are refused with status 429.",
      .within(0...1_000_000), unit: "requests"),
    .init(
      "queue_ms", \.queueMilliseconds,
      "Time that a request may wait; after it the request is refused with status 503.",
      .within(0...600_000), unit: "milliseconds"),
    .init(
      "body_seconds", \.bodySeconds, "Time that a client may take to send a request's body.",
      .above(0, upTo: 3600), unit: "seconds"),
  ]
}

/// Where the bearer keys are: section `serving.keys`. They never stand in the configuration itself,
/// which is written into logs and checkpoints.
public struct KeysConfiguration: Configurable, Hashable {
  public var file: String?
  public var environment: String?

  public init() {}

  public init(file: String? = nil, environment: String? = nil) {
    self.file = file
    self.environment = environment
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init("file", \.file, "A file with a key per line; # starts a comment."),
    .init(
      "environment", \.environment,
      "Name of an environment variable that holds keys, separated by blanks or commas."),
  ]

  public func faultsBetweenKeys() -> [ConfigurationFault] {
    guard file == nil, environment == nil else { return [] }
    return [
      ConfigurationFault("", expected: "a file or an environment variable", got: "neither")
    ]
  }
}

/// The files of a TLS server, both PEM: section `serving.tls`.
public struct CertificateConfiguration: Configurable, Hashable {
  public var certificate = ""
  public var key = ""

  public init() {}

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "certificate", \.certificate,
      "PEM file with the certificate, followed by those that vouch for it.", isRequired: true),
    .init("key", \.key, "PEM file with the certificate's private key.", isRequired: true),
  ]
}

/// A folder into which checkpoints are put while the service runs: section `serving.models`.
public struct ModelsConfiguration: Configurable, Hashable {
  public var folder = ""
  public var pollSeconds = 2.0

  public init() {}

  public init(folder: String) { self.folder = folder }

  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "folder", \.folder, "Folder of checkpoint folders; the one written last is served.",
      isRequired: true),
    .init(
      "poll_seconds", \.pollSeconds,
      "Time between two looks; 0 looks only when asked to by POST /v1/model/load.",
      .within(0...3600), unit: "seconds"),
  ]
}

/// What the console shows beside the live service: section `serving.console`.
public struct ConsoleConfiguration: Configurable, Hashable {
  public var sessions: String?
  public var report: String?

  public init() {}

  public init(sessions: String? = nil, report: String? = nil) {
    self.sessions = sessions
    self.report = report
  }

  public static let fields: [ConfigurationField<Self>] = [
    .init(
      "sessions", \.sessions, "A session file whose first requests can be picked in the console."),
    .init("report", \.report, "A report as fader evaluate --json writes it."),
  ]
}
