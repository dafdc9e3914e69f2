import ArgumentParser
import Logging
import Serving

/// `fader serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a checkpoint over HTTP until SIGTERM or SIGINT.")

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(help: "Port to listen on; 0 lets the system choose.")
  var port: Int?
  @Option(help: "Address to listen on; 0.0.0.0 for all of the machine's.")
  var host: String?
  @Flag(
    help: "Keep the hypernetwork's last layer in 16 bits; the same as serving.precision=bfloat16.")
  var lowPrecision = false
  @Option(help: "Configuration file whose section 'serving' is used.")
  var config: String?
  @Option(help: "Override one value of the configuration, as in serving.maximum_items=200.")
  var set: [String] = []

  func validate() throws {
    if let port, !(0...65535).contains(port) {
      throw ValidationError("--port: expected 0 to 65535, got \(port)")
    }
  }

  func run() async throws {
    var configuration = try ServingConfiguration.read(config, overrides: set)
    configuration.port = port ?? configuration.port
    configuration.host = host ?? configuration.host
    if lowPrecision { configuration.precision = .bfloat16 }
    let ranker = try Ranker(
      checkpoint: try checkpoint.path(), precision: configuration.precision)
    let logger = Logger(label: "fader") { StreamLogHandler.standardError(label: $0) }
    let host = configuration.host
    try await RerankServer(ranker: ranker, configuration: configuration, logger: logger) {
      StandardError.note("listening on http://\(host):\($0)")
    }.run()
  }
}
