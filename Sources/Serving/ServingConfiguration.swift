import GeneratorModel
import StrictYAML

/// How rankings are served: section `serving` of the configuration.
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
  /// How exactly the hypernetwork's last layer is kept. With `bfloat16` a w that is not at hand is
  /// answered sooner, and some lists differ.
  public var precision = ServingPrecision.float

  enum CodingKeys: String, CodingKey {
    case host, port, precision
    case maximumBodyBytes = "maximum_body_bytes"
    case maximumItems = "maximum_items"
    case defaultWeights = "default_weights"
    case shutdownGraceSeconds = "shutdown_grace_seconds"
  }

  public init() {}

  public init(from decoder: any Decoder) throws {
    let c = try decoder.container(keyedBy: CodingKeys.self)
    host = try c.decodeIfPresent(String.self, forKey: .host) ?? host
    port = try c.decodeIfPresent(Int.self, forKey: .port) ?? port
    maximumBodyBytes =
      try c.decodeIfPresent(Int.self, forKey: .maximumBodyBytes) ?? maximumBodyBytes
    maximumItems = try c.decodeIfPresent(Int.self, forKey: .maximumItems) ?? maximumItems
    defaultWeights = try c.decodeIfPresent([String: Double].self, forKey: .defaultWeights)
    shutdownGraceSeconds =
      try c.decodeIfPresent(Double.self, forKey: .shutdownGraceSeconds) ?? shutdownGraceSeconds
    precision = try c.decodeIfPresent(ServingPrecision.self, forKey: .precision) ?? precision
  }
}
