import EventLogs
import ListPolicy
import ListRules
import Steering
import StrictYAML

/// How rankings are served: section `serving` of the configuration.
///
/// Everything but the address, keys, certificates, folders and the number of concurrent rankings
/// can be changed while the service runs.
public struct ServingConfiguration: Codable, Sendable, Hashable {
  /// Address to listen on; `0.0.0.0` for all of the machine's.
  public var host = "127.0.0.1"
  /// 0 lets the system choose.
  public var port = 8080
  /// Longest request body, in bytes.
  public var maximumBodyBytes = 1 << 20
  /// Most candidates of one request.
  public var maximumItems = 1000
  /// Weights of requests that name none; equal weights when nil.
  public var defaultWeights: [String: Double]?
  /// Seconds that open requests get to finish once the server was told to stop.
  public var shutdownGraceSeconds = 10.0
  /// Seconds for which the service says that it is not ready, and goes on answering, before it
  /// stops at SIGTERM: load balancers need them to look elsewhere.
  public var drainSeconds = 1.0
  /// How exactly the weights that a new w waits for are kept. With `bfloat16` a w that is not at hand is
  /// answered sooner, and some lists differ.
  public var precision = ServingPrecision.float
  public var steering = SteeringConfiguration()
  /// Of requests whose preset names none.
  public var strategy = ListStrategy()
  /// Milliseconds for judging several lists; the best of those judged by then is served.
  public var timeBudgetMilliseconds = 10.0
  /// Milliseconds after which the fallback is served instead; 0 for never.
  public var deadlineMilliseconds = 100.0
  /// What every list must hold.
  public var listRules: [ListRule] = []
  /// Where decisions and feedback are written; nowhere when nil.
  public var log: EventLogConfiguration?
  public var limits = LimitsConfiguration()
  /// Who may ask; everyone when nil.
  public var keys: KeysConfiguration?
  /// Plain HTTP when nil.
  public var tls: CertificateConfiguration?
  public var models: ModelsConfiguration?
  public var console = ConsoleConfiguration()

  enum CodingKeys: String, CodingKey {
    case host, port, precision, steering, strategy, log, limits, keys, tls, models, console
    case maximumBodyBytes = "maximum_body_bytes"
    case maximumItems = "maximum_items"
    case defaultWeights = "default_weights"
    case shutdownGraceSeconds = "shutdown_grace_seconds"
    case drainSeconds = "drain_seconds"
    case timeBudgetMilliseconds = "time_budget_ms"
    case deadlineMilliseconds = "deadline_ms"
    case listRules = "list_rules"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    func read<T: Decodable>(_ key: CodingKeys, _ value: inout T) throws {
      value = try c.decodeIfPresent(T.self, forKey: key) ?? value
    }
    try read(.host, &host)
    try read(.port, &port)
    try read(.maximumBodyBytes, &maximumBodyBytes)
    try read(.maximumItems, &maximumItems)
    defaultWeights = try c.decodeIfPresent([String: Double].self, forKey: .defaultWeights)
    try read(.shutdownGraceSeconds, &shutdownGraceSeconds)
    try read(.drainSeconds, &drainSeconds)
    try read(.precision, &precision)
    try read(.steering, &steering)
    try read(.strategy, &strategy)
    try read(.timeBudgetMilliseconds, &timeBudgetMilliseconds)
    try read(.deadlineMilliseconds, &deadlineMilliseconds)
    try read(.listRules, &listRules)
    log = try c.decodeIfPresent(EventLogConfiguration.self, forKey: .log)
    try read(.limits, &limits)
    keys = try c.decodeIfPresent(KeysConfiguration.self, forKey: .keys)
    tls = try c.decodeIfPresent(CertificateConfiguration.self, forKey: .tls)
    models = try c.decodeIfPresent(ModelsConfiguration.self, forKey: .models)
    try read(.console, &console)
  }
}
