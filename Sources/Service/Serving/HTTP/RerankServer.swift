import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
package import Logging
import NIOPosix
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Serves rankings over HTTP until SIGTERM or SIGINT.
package struct RerankServer: Sendable {
  private let ranker: (any ListRanker)?
  private let configuration: ServingConfiguration
  private let source: ConfigurationSource?
  private let load: @Sendable (String) throws -> any ListRanker
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameters:
  ///   - ranker: nil to start without a model, with fallbacks only, until the models folder has one.
  ///   - source: where the configuration can be read again while the server runs.
  ///   - load: makes a ranker of a checkpoint folder.
  ///   - onListening: told the port once connections are taken, which matters when the configured
  ///     one is 0.
  package init(
    ranker: (any ListRanker)?, configuration: ServingConfiguration,
    source: ConfigurationSource? = nil, logger: Logger,
    load: (@Sendable (String) throws -> any ListRanker)? = nil,
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    self.ranker = ranker
    self.configuration = configuration
    self.source = source
    self.logger = logger
    let precision = configuration.precision
    self.load = load ?? { try Ranker(checkpoint: $0, precision: precision) }
    self.onListening = onListening
  }

  /// Returns when a signal has stopped the server and open requests are answered (or their time
  /// is over), or when the task is cancelled.
  ///
  /// Throws `ConfigurationErrors`, `FileError` for the logs' folder, `KeyError`, `CertificateError` or `ListeningError`.
  package func run() async throws {
    let metrics = ServingMetrics()
    let service = try RankingService(
      ranker: ranker, configuration: configuration, metrics: metrics, logger: logger)
    service.logRemarks(logger)
    service.logRetention(logger)
    configuration.tls?.warnOfExpiry(logger)
    let models = ModelLoading(
      service: service, models: configuration.models, logger: logger, load: load)
    let threads = configuration.limits.concurrent
    let pool = RankingPool(
      threads: threads > 0 ? threads : ProcessInfo.processInfo.activeProcessorCount)
    let listening = Flag()
    let responder = RerankResponder(
      service: service, models: models, pool: pool,
      keys: try AccessKeys(configuration), metrics: metrics,
      identity: RequestIdentity(start: Date().timeIntervalSince1970),
      configuration: source?.read, logger: logger)
    let app = try application(responder, listening)
    let watch = ServiceWatch(
      service: service, models: models, source: source,
      seconds: configuration.models?.pollSeconds ?? 2, logger: logger)
    let logs = LogWatch(service: service, certificate: configuration.tls, logger: logger)
    let reload = ReloadSignal(service: service, models: models, source: source, logger: logger)
    let drain = DrainService(metrics: metrics, seconds: configuration.drainSeconds, logger: logger)
    // Told to stop from the last to the first, each when the one after it is done.
    var group = ServiceGroupConfiguration(
      services: [
        .init(service: app), .init(service: watch), .init(service: logs), .init(service: reload),
        .init(service: drain),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(
      configuration.drainSeconds + configuration.shutdownGraceSeconds)
    async let warming: Void = warmUp(metrics, models)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      // The time for open requests was over, or the caller wants no more: stopped, not failed.
    } catch {
      guard listening.isUp else {
        throw ListeningError(
          host: configuration.host, port: configuration.port, reason: "\(error)")
      }
      throw error
    }
    await warming
    await models.stop()
    await pool.stop()
    service.close()
  }

  /// Threads that read and write, which costs a fraction of a ranking: more of them than that
  /// fraction only compete with the rankings for cores, and connections of one loop starve while
  /// those of another are served. Shared by all servers of a process and never stopped.
  private static let loops = MultiThreadedEventLoopGroup(
    numberOfThreads: max(1, ProcessInfo.processInfo.activeProcessorCount / 4))

  /// Beside the server, so that it answers health checks, and fallbacks, meanwhile.
  private func warmUp(_ metrics: ServingMetrics, _ models: ModelLoading) async {
    if let ranker {
      ranker.warmUp()
      metrics.becomeReady()
      models.skipPresent()
    } else {
      await models.poll()
    }
    if metrics.isReady { logger.info("ready") } else { logger.warning("no model yet") }
  }

  private func application(
    _ responder: RerankResponder, _ listening: Flag
  ) throws -> Application<RerankResponder> {
    let configured = configuration.port
    // Connections that say nothing for so long are dropped.
    let connections = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionRules()], idleTimeout: .seconds(75))
    var server: HTTPServerBuilder = .http1(configuration: connections)
    if let tls = configuration.tls {
      // In the handshake the client says whether it speaks HTTP/2.
      server = try .http2Upgrade(
        tlsConfiguration: tls.nioConfiguration(),
        configuration: .init(idleTimeout: .seconds(75), streamConfiguration: connections))
    }
    return Application(
      responder: responder, server: server,
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configured), serverName: "fader"),
      onServerRunning: { [onListening] channel in
        listening.raise()
        await onListening(channel.localAddress?.port ?? configured)
      },
      eventLoopGroupProvider: .shared(RerankServer.loops),
      logger: logger)
  }
}

/// Goes up once and stays.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isUp: Bool { value.load(ordering: .acquiring) }
  func raise() { value.store(true, ordering: .releasing) }
}
