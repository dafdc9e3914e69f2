import EventIngest
import EventLogs
import Features
import Foundation
import ListPolicy
import Logging
import SessionState
import Sessions
import Steering
import StrictYAML
import Synchronization

/// What all requests share, and what operators change while it runs: the model, the configuration,
/// the logs.
final class RankingService: Sendable {
  private struct State {
    var pipeline: RankPipeline
    /// As it was loaded, before it was told which columns to read.
    var ranker: (any ListRanker)?
  }

  private let state: Mutex<State>
  /// Held while something is changed, so that a model and a configuration that come at once both
  /// stay.
  private let change = Mutex(())
  let decisions: EventLog?
  let feedback: EventLog?
  /// What users saw and did; nil where nothing is remembered.
  let sessions: (any UserMemory)?
  /// Lists that users are looking at; nil where nothing is remembered.
  let pages: ServedPages?
  let metrics: ServingMetrics
  private let logFolder: Mutex<LogFolder?>
  private let store: ControllerStore?

  /// - Throws: `ConfigurationErrors`; `FileError` for a log folder that cannot be written to or that
  ///   another process has.
  init(
    ranker: (any ListRanker)?, configuration: ServingConfiguration, metrics: ServingMetrics,
    logger: Logger
  ) throws {
    self.metrics = metrics
    logFolder = Mutex(try configuration.log.map { try LogFolder($0.folder) })
    store = configuration.controllersFile.map { ControllerStore(path: $0) }
    sessions = try RankingService.memory(configuration, logger)
    pages = configuration.history.flatMap { $0.pages > 0 ? ServedPages(most: $0.pages) : nil }
    let pipeline = try RankingService.pipeline(
      ranker, configuration, previous: nil,
      restored: configuration.steering.controllers.isEmpty ? [] : store?.read(logger) ?? [],
      sessions: sessions)
    state = Mutex(State(pipeline: pipeline, ranker: ranker))
    if let log = configuration.log {
      decisions = EventLog(folder: log.folder, prefix: "decisions", configuration: log)
      feedback = EventLog(folder: log.folder, prefix: "feedback", configuration: log)
    } else {
      (decisions, feedback) = (nil, nil)
    }
  }

  /// What answers requests from now on.
  var pipeline: RankPipeline { state.withLock { $0.pipeline } }

  /// Swaps the model for another that was warmed up; requests under way keep theirs.
  ///
  /// - Throws: `ConfigurationErrors` for a model that the configuration does not fit.
  func install(_ ranker: any ListRanker) throws {
    try change.withLock { _ in
      let before = pipeline
      let next = try RankingService.pipeline(ranker, before.configuration, previous: before)
      state.withLock { $0 = State(pipeline: next, ranker: ranker) }
    }
  }

  /// Swaps the configuration. The address, keys, certificates, folders and the number of concurrent
  /// rankings stay until the next start.
  ///
  /// - Throws: `ConfigurationErrors`; the old one then stays.
  func reconfigure(_ configuration: ServingConfiguration) throws {
    try change.withLock { _ in
      let (before, ranker) = state.withLock { ($0.pipeline, $0.ranker) }
      let next = try RankingService.pipeline(ranker, configuration, previous: before)
      state.withLock { $0.pipeline = next }
    }
  }

  /// Says what is likely to be wrong with the configuration, after it or the model has changed.
  func logRemarks(_ logger: Logger) {
    let pipeline = pipeline
    guard let features = pipeline.ranker?.features else { return }
    for remark in pipeline.configuration.remarks(knowing: features) {
      logger.warning("\(remark)")
    }
  }

  /// Says where decisions and feedback go and how much of them is kept.
  func logRetention(_ logger: Logger) {
    guard let log = pipeline.configuration.log else { return }
    logger.info(
      "decisions and feedback are logged; beyond keep_megabytes of each the oldest files are deleted",
      metadata: [
        "folder": "\(log.folder)", "keep_megabytes": .stringConvertible(log.keepMegabytes),
      ])
  }

  /// Keeps the controllers' state for the next start, if it has changed.
  func saveControllers() throws {
    let controllers = pipeline.controllers
    if !controllers.isEmpty { try store?.save(controllers.controllers) }
  }

  /// Logs and counts an answer that is about to be sent.
  ///
  /// - Parameter pipeline: what answered, which may have been replaced meanwhile.
  func served(_ answer: RankAnswer, by pipeline: RankPipeline) {
    guard !answer.request.isPreview, !answer.isAbandoned else { return }
    for feature in answer.oddities.changed { metrics.count(\.changedFeatures, feature.name) }
    for feature in answer.oddities.unseen { metrics.count(\.unseenFeatures, feature) }
    pipeline.monitor?.observe(answer, waits: feedback != nil || sessions != nil)
    if let decisions { _ = decisions.append(DecisionRecord.lines(answer)) }
    if let sessions, let id = answer.response.requestID {
      remember {
        try sessions.show(answer.shown, in: id, to: answer.request.user.id, at: answer.time)
      }
      pages?.show(answer.response.items.map(\.id), as: id, body: answer.body)
    }
    if !pipeline.controllers.isEmpty {
      pipeline.controllers.observe(
        list: answer.response.items.map(\.index), flags: answer.flags)
    }
  }

  /// What is served is served, even where it cannot be remembered now.
  func remember(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      metrics.forget()
    }
  }

  private static func memory(
    _ configuration: ServingConfiguration, _ logger: Logger
  ) throws -> (any UserMemory)? {
    guard let history = configuration.history else { return nil }
    if let redis = history.redis { return RedisState(history, redis) }
    let state = SessionState(history)
    try state.restore(configuration.log?.folder, logger)
    return state
  }

  func close() {
    try? saveControllers()
    decisions?.close()
    feedback?.close()
    logFolder.withLock { $0 = nil }
  }

  private static func pipeline(
    _ ranker: (any ListRanker)?, _ configuration: ServingConfiguration, previous: RankPipeline?,
    restored: [ShareController] = [], sessions: (any UserMemory)? = nil
  ) throws -> RankPipeline {
    let names = ranker?.description.objectives.map(\.name)
    try configuration.validate(objectives: names, features: ranker?.features)
    return RankPipeline(
      ranker: ranker, configuration: configuration,
      steering: try SteeringRules(
        configuration.steering, objectives: names,
        channels: ranker?.description.channels.map(\.name)),
      controllers: ShareControllers(
        configuration, of: ranker?.description ?? .none, previous: previous?.controllers,
        restored: restored),
      sessions: sessions ?? previous?.sessions, monitor: previous?.monitor)
  }
}

extension SessionState {
  /// The histories of before, after a restart.
  fileprivate func restore(_ folder: String?, _ logger: Logger) throws {
    guard let folder else {
      return logger.warning(
        "serving.history without serving.log: users' histories are lost when the service stops")
    }
    let restored = try restore(fromLog: folder, now: Date().timeIntervalSince1970)
    logger.info(
      "histories of users restored",
      metadata: [
        "users": .stringConvertible(userCount), "lists": .stringConvertible(restored.rankings),
        "interactions": .stringConvertible(restored.interactions),
        "skipped_lines": .stringConvertible(restored.skipped),
      ])
  }
}

extension RankAnswer {
  /// The served items with their features, from the top down.
  fileprivate var shown: [Candidate] {
    response.items.map { item in
      guard let scanned else { return request.items[item.index] }
      return Candidate(
        id: item.id, features: scanned.features(scanned.itemFeatures[item.index]))
    }
  }
}

extension ServingConfiguration {
  /// Where the controllers' state is kept; nil for nowhere.
  fileprivate var controllersFile: String? {
    steering.state ?? log.map { "\($0.folder)/controllers.json" }
  }
}
