import EventLogs
import Features
import Foundation
import Logging
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
  let metrics: ServingMetrics

  /// - Throws: `ConfigurationErrors`.
  init(
    ranker: (any ListRanker)?, configuration: ServingConfiguration, metrics: ServingMetrics
  ) throws {
    self.metrics = metrics
    let pipeline = try RankingService.pipeline(ranker, configuration, previous: nil)
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

  /// Logs and counts an answer that is about to be sent.
  ///
  /// - Parameter pipeline: what answered, which may have been replaced meanwhile.
  func served(_ answer: RankAnswer, by pipeline: RankPipeline) {
    guard !answer.request.isPreview, !answer.isAbandoned else { return }
    for feature in answer.oddities.changed { metrics.count(\.changedFeatures, feature.name) }
    for feature in answer.oddities.unseen { metrics.count(\.unseenFeatures, feature) }
    if let decisions { _ = decisions.append(DecisionRecord.lines(answer)) }
    if !pipeline.controllers.isEmpty {
      pipeline.controllers.observe(
        list: answer.response.items.map(\.index), flags: answer.flags)
    }
  }

  func close() {
    decisions?.close()
    feedback?.close()
  }

  private static func pipeline(
    _ ranker: (any ListRanker)?, _ configuration: ServingConfiguration, previous: RankPipeline?
  ) throws -> RankPipeline {
    let names = ranker?.description.objectives.map(\.name)
    try configuration.validate(objectives: names, features: ranker?.features)
    return RankPipeline(
      ranker: ranker, configuration: configuration,
      steering: try SteeringRules(configuration.steering, objectives: names),
      controllers: ShareControllers(
        configuration.steering.controllers, start: configuration.startingWeights(names ?? []),
        previous: previous?.controllers))
  }
}
