package import CandidateSelection
package import ConfigurationFields
package import EventLogs
package import ListPolicy
package import ListRules
package import SessionState
package import Steering

/// How rankings are served: section `serving` of the configuration.
///
/// Everything but the address, keys, certificates, folders and the number of concurrent rankings
/// can be changed while the service runs.
package struct ServingConfiguration: Configurable, Hashable {
  package var host = "127.0.0.1"
  package var port = 8080
  package var modelName: String?
  package var maximumBodyBytes = 1 << 20
  package var maximumItems = 1000
  /// Equal weights when nil.
  package var defaultWeights: [String: Double]?
  package var shutdownGraceSeconds = 10.0
  package var drainSeconds = 1.0
  package var precision = ServingPrecision.float
  package var steering = SteeringConfiguration()
  package var strategy = ListStrategy()
  package var timeBudgetMilliseconds = 10.0
  package var deadlineMilliseconds = 100.0
  package var candidates: SelectionConfiguration?
  package var listRules: [ListRule] = []
  package var otherFeatures: [String] = []
  package var log: EventLogConfiguration?
  package var history: SessionStateConfiguration?
  package var feedbackKinds: [String] = []
  package var limits = LimitsConfiguration()
  package var keys: KeysConfiguration?
  package var administrationKeys: KeysConfiguration?
  package var tls: CertificateConfiguration?
  package var cors: CrossOriginConfiguration?
  package var models: ModelsConfiguration?
  package var console = ConsoleConfiguration()

  package init() {}

  package static let fields: [ConfigurationField<Self>] = [
    .init(
      "host", \.host, "Address to listen on; 0.0.0.0 for all of the machine's.", .filled),
    .init(
      "port", \.port, "Port to listen on; 0 lets the system choose.", .within(0...65535)),
    .init(
      "model_name", \.modelName,
      "What the model is called in answers, logs, metrics and in the paths of the Open Inference "
        + "Protocol. By default fader.", .filled),
    .init(
      "maximum_body_bytes", \.maximumBodyBytes,
      "Longest body of a request, as it is sent and unpacked.",
      .within(1...1_073_741_824), unit: "bytes"),
    .init(
      "maximum_items", \.maximumItems, "Most candidates of a request.", .atLeast(1),
      unit: "items"),
    .init(
      "default_weights", \.defaultWeights,
      "Weights by objective of requests that name none and for which no rule decides; at least one "
        + "is above 0. By default all objectives weigh the same.", .atLeast(0)),
    .init(
      "shutdown_grace_seconds", \.shutdownGraceSeconds,
      "Time that open requests get to finish once the service was told to stop.",
      .within(0...3600), unit: "seconds"),
    .init(
      "drain_seconds", \.drainSeconds,
      "Time for which the service says that it is not ready, and goes on answering, before it stops "
        + "at SIGTERM: load balancers need it to look elsewhere.", .within(0...3600),
      unit: "seconds"),
    .init(
      "precision", \.precision,
      "How exactly the hypernetwork's last layer is kept: with bfloat16 new weights are answered "
        + "sooner, and some lists differ."),
    .init("steering", \.steering, "Who gets which weights."),
    .init(
      "strategy", \.strategy,
      "How many lists are written for a request whose preset says nothing of it, and by what; the "
        + "best of them is served. A mapping, or the name of a kind alone."),
    .init(
      "time_budget_ms", \.timeBudgetMilliseconds,
      "Time for evaluating several lists; the best of those evaluated by then is served.",
      .within(0...600_000), unit: "milliseconds"),
    .init(
      "deadline_ms", \.deadlineMilliseconds,
      "Time after which the order in which the candidates came is served instead; 0 for never.",
      .within(0...600_000), unit: "milliseconds"),
    .init(
      "candidates", \.candidates,
      "Which candidates of a request the model gets to see, where more are sent than it should. A "
        + "request may change it by its own candidates. By default the model sees all of them."),
    .init("list_rules", \.listRules, "Hard rules that every served list keeps."),
    .init(
      "other_features", \.otherFeatures,
      "Features that list rules, controllers and conditions may name although the model does not read "
        + "them, such as a flag that only rules look at. Any other name that the model does not know "
        + "is a fault where it is like a known one, and else a warning at start."),
    .init(
      "log", \.log,
      "Where decisions and feedback are written. By default they are not. The oldest files are deleted "
        + "beyond log.keep_megabytes, 4096 megabytes of decisions and as much of feedback by default."
    ),
    .init(
      "history", \.history,
      "What is remembered of users, for requests that name a user and bring no history of their own. By "
        + "default nothing is. With serving.log it survives a restart."),
    .init(
      "feedback_kinds", \.feedbackKinds,
      "Kinds of feedback that are taken beside those that the model was trained on; any other is "
        + "refused, so that no client fills the log with kinds that nobody knows. A model without "
        + "feedback takes every kind as long as none is named here."),
    .init("limits", \.limits, "How much is worked on at once."),
    .init(
      "keys", \.keys,
      "Where the keys of clients are, which they send as bearer tokens. By default anyone may ask. "
        + "They open everything but administration."),
    .init(
      "administration_keys", \.administrationKeys,
      "Where the keys of operators are, which open everything: POST /v1/model/load and "
        + "/v1/config/reload too. Without them, anyone may do that if there are no keys at all, and "
        + "nobody if there are keys of clients."),
    .init("tls", \.tls, "Certificate of the service. By default it speaks plain HTTP."),
    .init(
      "cors", \.cors,
      "Pages of other origins whose scripts may ask. By default browsers let none of them."),
    .init(
      "models", \.models, "A folder into which newer checkpoints are put while the service runs."),
    .init("console", \.console, "What the page /console shows beside the live service."),
  ]
}
