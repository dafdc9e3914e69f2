package import ConfigurationFields

/// How much is worked on at once: section `serving.limits`.
package struct LimitsConfiguration: Configurable, Hashable {
  package var concurrent = 0
  package var waiting = 256
  package var queueMilliseconds = 500.0
  package var bodySeconds = 10.0
  package var lists = 64
  package var searchedLists = 4096
  package var size = 1000
  package var deadlineMilliseconds = 10_000.0

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
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
    .init(
      "lists", \.lists,
      "Draws, or width of the beam, that a request may ask for by a strategy of its own.",
      .within(1...64), unit: "lists", writing: .ifChanged),
    .init(
      "searched_lists", \.searchedLists,
      "Lists that a request may ask a local search for by a strategy of its own.",
      .within(0...4096), unit: "lists", writing: .ifChanged),
    .init(
      "size", \.size, "Longest list that a request may ask for.", .within(1...1_000_000),
      unit: "items", writing: .ifChanged),
    .init(
      "deadline_ms", \.deadlineMilliseconds, "Longest deadline that a request may ask for.",
      .above(0, upTo: 600_000), unit: "milliseconds", writing: .ifChanged),
  ]
}

/// Pages of other origins whose scripts may ask: section `serving.cors`.
package struct CrossOriginConfiguration: Configurable, Hashable {
  package var origins: [String] = []
  package var maximumAgeSeconds = 600

  package init() {}

  package init(origins: [String]) { self.origins = origins }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "origins", \.origins,
      "Origins whose scripts may ask, such as https://shop.example; * for any.", .filled,
      isRequired: true),
    .init(
      "maximum_age_seconds", \.maximumAgeSeconds,
      "Time for which a browser may remember that it may ask.", .within(0...86_400),
      unit: "seconds"),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    origins.enumerated().compactMap { place, origin in
      let host = origin.split(separator: "/", omittingEmptySubsequences: false)
      let isOrigin =
        host.count == 3 && host[0].hasSuffix(":") && host[1].isEmpty
        && !host[2].isEmpty
      guard origin != "*", !isOrigin else { return nil }
      return ConfigurationFault(
        "origins.\(place)", expected: "* or scheme://host with an optional port and no path",
        got: "'\(origin)'")
    }
  }
}

/// Where bearer keys are: sections `serving.keys` and `serving.administration_keys`. They never stand in the configuration itself,
/// which is written into logs and checkpoints.
package struct KeysConfiguration: Configurable, Hashable {
  package var file: String?
  package var environment: String?

  package init() {}

  package init(file: String? = nil, environment: String? = nil) {
    self.file = file
    self.environment = environment
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "file", \.file,
      "A file with a key per line; # at its start or behind a blank starts a "
        + "comment."),
    .init(
      "environment", \.environment,
      "Name of an environment variable that holds keys, separated by blanks or commas."),
  ]

  package func faultsBetweenKeys() -> [ConfigurationFault] {
    guard file == nil, environment == nil else { return [] }
    return [
      ConfigurationFault("", expected: "a file or an environment variable", got: "neither")
    ]
  }
}

/// The files of a TLS server, both PEM: section `serving.tls`.
package struct CertificateConfiguration: Configurable, Hashable {
  package var certificate = ""
  package var key = ""

  package init() {}

  package init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "certificate", \.certificate,
      "PEM file with the certificate, followed by those that vouch for it.", isRequired: true),
    .init("key", \.key, "PEM file with the certificate's private key.", isRequired: true),
  ]
}

/// A folder into which checkpoints are put while the service runs: section `serving.models`.
package struct ModelsConfiguration: Configurable, Hashable {
  package var folder = ""
  package var pollSeconds = 2.0

  package init() {}

  package init(folder: String) { self.folder = folder }

  package static let fields: [ConfigurationField<Self>] = [
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
package struct ConsoleConfiguration: Configurable, Hashable {
  package var sessions: String?
  package var report: String?

  package init() {}

  package init(sessions: String? = nil, report: String? = nil) {
    self.sessions = sessions
    self.report = report
  }

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "sessions", \.sessions, "A session file whose first requests can be picked in the console."),
    .init("report", \.report, "A report as fader evaluate --json writes it."),
  ]
}
