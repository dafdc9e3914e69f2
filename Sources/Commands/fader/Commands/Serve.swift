import ArgumentParser
import Foundation
import ListPolicy
import Logging
import Serving

/// `fader serve`
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a checkpoint over HTTP until SIGTERM or SIGINT.",
    discussion: """
      POST /v1/rerank ranks, /console is a page to steer with, /openapi.json describes the rest. \
      With --models the checkpoint of a folder that was written last is served, and every one that \
      is put there later; --checkpoint beside it is what to start with.
      """)

  @Option(help: "A checkpoint folder, or a run directory for its best checkpoint.")
  var checkpoint: String?
  @Option(help: "A folder of checkpoint folders to watch; the same as serving.models.folder.")
  var models: String?
  @Option(help: "Port to listen on; 0 lets the system choose.")
  var port: Int?
  @Option(help: "Address to listen on; 0.0.0.0 for all of the machine's.")
  var host: String?
  @Flag(
    help:
      "Keep the weights that a new w waits for in 16 bits; the same as serving.precision=bfloat16.")
  var lowPrecision = false
  @Option(help: "Configuration file whose section 'serving' is used, and read again on change.")
  var config: String?
  @Option(help: "Override one value of the configuration, as in serving.maximum_items=200.")
  var set: [String] = []
  @Option(help: "Form of the log on standard error: text or json.")
  var logFormat = LogFormat.text

  @Option(
    help: """
      Least level of the lines that are logged: trace, debug (with a line per request), info, notice, \
      warning, error or critical.
      """)
  var logLevel = LogLevel.info

  enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level { Logger.Level(rawValue: rawValue) ?? .info }
  }

  enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  func validate() throws {
    if let port, !(0...65535).contains(port) {
      throw ValidationError("--port: expected 0 to 65535, got \(port)")
    }
  }

  func run() async throws {
    let settings = try settings()
    guard checkpoint != nil || settings.models != nil else {
      throw ValidationError("expected --checkpoint, or a folder of them with --models, got neither")
    }
    let path = try checkpoint.map { try CheckpointPath.resolve($0) }
    let ranker = try path.map { try Ranker(checkpoint: $0, precision: settings.precision) }
    let host = settings.host
    let scheme = settings.tls == nil ? "http" : "https"
    try await RerankServer(
      ranker: ranker, configuration: settings,
      source: config.map { file in ConfigurationSource(path: file) { try self.settings() } },
      logger: logger(),
      onListening: { StandardError.note("listening on \(scheme)://\(host):\($0)") }
    ).run()
  }

  /// The configuration file under the options, which come first.
  private func settings() throws -> ServingConfiguration {
    var settings = try ServingConfiguration.read(config, overrides: set)
    settings.port = port ?? settings.port
    settings.host = host ?? settings.host
    if lowPrecision { settings.precision = .bfloat16 }
    if let models {
      var folder = settings.models ?? ModelsConfiguration(folder: models)
      folder.folder = models
      settings.models = folder
    }
    if settings.console.report == nil, let checkpoint {
      // Beside a checkpoint, or where a run leaves it.
      settings.console.report = ["\(checkpoint)/report.json", "\(checkpoint)/report/report.json"]
        .first { FileManager.default.fileExists(atPath: $0) }
    }
    return settings
  }

  private func logger() -> Logger {
    var logger = unlimitedLogger
    logger.logLevel = logLevel.level
    return logger
  }

  private var unlimitedLogger: Logger {
    switch logFormat {
    case .text: Logger(label: "fader") { StreamLogHandler.standardError(label: $0) }
    case .json:
      Logger(label: "fader") { label in
        JSONLogHandler(label: label) { FileHandle.standardError.write(Data($0)) }
      }
    }
  }
}
