import Logging
import ServiceLifecycle
import UnixSignals

/// SIGHUP reads the configuration again and looks for a new model, as POST /v1/config/reload and the
/// poll do.
struct ReloadSignal: Service {
  let service: RankingService
  let models: ModelLoading
  let source: ConfigurationSource?
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      for await _ in await UnixSignalsSequence(trapping: .sighup) {
        if let source {
          service.reload(source, logger)
        } else {
          logger.notice("SIGHUP: no configuration file was given, so none is read again")
        }
        await models.poll()
      }
    }
  }
}
