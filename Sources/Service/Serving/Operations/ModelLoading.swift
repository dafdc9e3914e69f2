import Foundation
import Logging
import NIOPosix
import Synchronization

/// Loads models beside the one that serves, warms them up, and swaps them in whole.
final class ModelLoading: Sendable {
  /// Why a model was not taken; the old one stays.
  enum LoadingError: Error, CustomStringConvertible {
    case noFolder
    case notFound(String)
    /// Another one is being loaded.
    case busy
    case bad(path: String, reason: String)

    var description: String {
      switch self {
      case .noFolder:
        "expected a models folder in the configuration, got none; set serving.models.folder"
      case .notFound(let name):
        "expected the name of a checkpoint folder in the models folder, got \"\(name.prefix(80))\""
      case .busy: "another model is being loaded; ask again later"
      case .bad(let path, let reason): "\(path): \(reason)"
      }
    }
  }

  private let service: RankingService
  private let folder: ModelFolder?
  private let load: @Sendable (String) throws -> any ListRanker
  private let logger: Logger
  /// The checkpoint that was tried last, taken or not.
  private let last = Mutex<ModelFolder.Checkpoint?>(nil)
  private let refused = Mutex<Refusal?>(nil)
  /// One at a time, on a thread of its own: requests are not to wait for it.
  private let thread = NIOThreadPool(numberOfThreads: 1)
  private let isBusy = Atomic<Bool>(false)

  /// - Parameter load: makes a ranker of a checkpoint folder.
  init(
    service: RankingService, models: ModelsConfiguration?, logger: Logger,
    load: @escaping @Sendable (String) throws -> any ListRanker
  ) {
    self.service = service
    folder = models.map { ModelFolder(path: $0.folder) }
    self.load = load
    self.logger = logger
    thread.start()
  }

  func stop() async { try? await thread.shutdownGracefully() }

  /// The newest checkpoint that was refused, and why, until one is taken that is newer.
  struct Refusal: Sendable {
    var name: String
    var reason: String
  }

  /// What stands beside the model that serves, for the status; nil where nothing was refused.
  var refusal: Refusal? { refused.withLock { $0 } }

  /// Takes the folder's newest checkpoint if it was not tried before. As long as there is no model at
  /// all, one that is refused gives way to the next older.
  func poll() async {
    let all = folder?.checkpoints() ?? []
    guard let newest = all.first, last.withLock({ $0 != newest }) else { return }
    last.withLock { $0 = newest }
    for checkpoint in service.pipeline.ranker == nil ? all : [newest] {
      do throws(LoadingError) {
        _ = try await take(checkpoint)
        if checkpoint == newest {
          refused.withLock { $0 = nil }
        } else {
          logger.warning(
            "an older checkpoint serves, since the newest was refused",
            metadata: ["path": "\(checkpoint.path)", "refused": "\(newest.path)"])
        }
        return
      } catch {
        // Another load is under way: it was not tried yet.
        if case .busy = error { return last.withLock { $0 = nil } }
        if checkpoint == newest {
          refused.withLock { $0 = Refusal(name: newest.name, reason: "\(error)") }
        }
      }
    }
  }

  /// Takes what is in the folder now as tried: a model was given by name.
  func skipPresent() {
    let newest = folder?.newest()
    last.withLock { $0 = newest }
  }

  /// Loads the checkpoint of that name, without one the folder's newest, tried before or not.
  ///
  /// It stays until a checkpoint appears or changes in the folder.
  ///
  /// - Returns: the version before.
  func load(named name: String?) async throws(LoadingError) -> String {
    guard let folder else { throw .noFolder }
    guard let found = name.map(folder.checkpoint) ?? folder.newest() else {
      throw .notFound(name ?? "")
    }
    skipPresent()
    let before = try await take(found)
    refused.withLock { $0 = nil }
    return before
  }

  private func take(_ checkpoint: ModelFolder.Checkpoint) async throws(LoadingError) -> String {
    guard !isBusy.exchange(true, ordering: .acquiring) else { throw .busy }
    defer { isBusy.store(false, ordering: .releasing) }
    do {
      let (ranker, before) = try await thread.runIfActive { [load, service] in
        let ranker = try load(checkpoint.path)
        ranker.warmUp()
        let before = service.pipeline.model.version
        try service.install(ranker)
        return (ranker, before)
      }
      service.metrics.becomeReady()
      service.metrics.count(\.modelReloads, "accepted")
      logger.info(
        "model loaded",
        metadata: [
          "path": "\(checkpoint.path)", "version": "\(ranker.description.version)",
          "previous": "\(before)",
        ])
      service.logRemarks(logger)
      return before
    } catch {
      service.metrics.count(\.modelReloads, "refused")
      logger.error(
        "model refused", metadata: ["path": "\(checkpoint.path)", "reason": "\(error)"])
      throw .bad(path: checkpoint.path, reason: "\(error)")
    }
  }
}
