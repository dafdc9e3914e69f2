import Foundation
import Hummingbird
import Logging
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves a ranker over HTTP until SIGTERM or SIGINT.
public struct RerankServer: Sendable {
  private let ranker: any ListRanker
  private let configuration: ServingConfiguration
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void

  /// - Parameter onListening: told the port once connections are taken, which matters when the
  ///   configured one is 0.
  public init(
    ranker: any ListRanker, configuration: ServingConfiguration, logger: Logger,
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    self.ranker = ranker
    self.configuration = configuration
    self.logger = logger
    self.onListening = onListening
  }

  /// Returns when a signal has stopped the server and open requests are answered (or their time
  /// is over), or when the task is cancelled.
  ///
  /// Throws `ConfigurationFaults` or `ListeningFault`.
  public func run() async throws {
    let objectives = ranker.description.objectives.map(\.name)
    try configuration.validate(objectives: objectives)
    let metrics = ServingMetrics()
    let listening = Flag()
    let app = application(metrics, listening)
    var group = ServiceGroupConfiguration(
      services: [.init(service: app, serviceName: "http")],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(configuration.shutdownGraceSeconds)
    async let warming: Void = warmUp(metrics)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      // The time for open requests was over, or the caller wants no more: stopped, not failed.
    } catch {
      guard listening.isUp else {
        throw ListeningFault(
          host: configuration.host, port: configuration.port, reason: "\(error)")
      }
      throw error
    }
    await warming
  }

  /// Threads that read and write, which costs a fraction of a ranking: more of them than that
  /// fraction only compete with the rankings for cores, and connections of one loop starve while
  /// those of another are served. Shared by all servers of a process and never stopped.
  private static let loops = MultiThreadedEventLoopGroup(
    numberOfThreads: max(1, ProcessInfo.processInfo.activeProcessorCount / 4))

  /// Beside the server, so that it answers health checks meanwhile.
  private func warmUp(_ metrics: ServingMetrics) async {
    ranker.warmUp()
    metrics.becomeReady()
    logger.info("ready")
  }

  private func application(
    _ metrics: ServingMetrics, _ listening: Flag
  ) -> Application<RerankResponder> {
    let responder = RerankResponder(
      pipeline: RankPipeline(ranker: ranker, configuration: configuration), metrics: metrics,
      identity: RequestIdentity(start: Date().timeIntervalSince1970), logger: logger)
    let configured = configuration.port
    return Application(
      responder: responder,
      // Connections that say nothing for so long are dropped.
      server: .http1(configuration: .init(idleTimeout: .seconds(75))),
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

/// Why the server could not start.
public struct ListeningFault: Error, Sendable, CustomStringConvertible {
  public var host: String
  public var port: Int
  public var reason: String

  public var description: String {
    "cannot listen on \(host):\(port): \(reason); choose another host or port"
  }
}

/// Goes up once and stays.
private final class Flag: Sendable {
  private let value = Atomic<Bool>(false)

  var isUp: Bool { value.load(ordering: .acquiring) }
  func raise() { value.store(true, ordering: .releasing) }
}
