import EvaluatorModel
import Foundation
import Objectives
import OfflineEvaluation
import Sessions
import Statistics
import StrictYAML
import Tensors
import Training

/// What variants of a recipe have in common, made once.
struct SharedParts {
  let directory: String
  let workers: Workers
  private var prepared: [String: PreparedData] = [:]
  private var searched: [String: AttainableRewards?] = [:]

  init(directory: String, workers: Workers) {
    self.directory = directory
    self.workers = workers
  }

  mutating func data(_ configuration: RunConfiguration) throws -> PreparedData {
    let key = try dataKey(configuration)
    if let known = prepared[key] { return known }
    let data = try PreparedData(
      configuration, objectives: try ObjectiveSet(configuration.objectives),
      directory: "\(directory)/cache-\(prepared.count)", workers: workers)
    prepared[key] = data
    return data
  }

  /// Best lists by the truth, for fixed scales once per objectives and data.
  mutating func attainable(
    _ referees: ListReferees, _ sessions: [Session], _ probes: [[Float]],
    _ search: AttainableSearch,
    _ configuration: RunConfiguration
  ) -> AttainableRewards? {
    let scales = referees.objectives.objectives.map(\.scale)
    let key = "\(referees.objectives.names) \(scales) \((try? yaml(configuration.data)) ?? "")"
    if let known = searched[key] { return known }
    let best = referees.attainableByTruth(
      sessions, probes: probes, search: search, workers: workers)
    searched[key] = best
    return best
  }

  /// Puts the evaluators and the judge of an equal recipe, if there was one, into a new run.
  func lendEvaluators(_ configuration: RunConfiguration, to checkpoints: String) throws {
    let folder = try evaluatorFolder(configuration)
    for part in ["evaluators", "judge"] {
      try copy("\(folder)/\(part)", to: "\(checkpoints)/\(part)")
    }
  }

  func keepEvaluators(_ configuration: RunConfiguration, from checkpoints: String) throws {
    let folder = try evaluatorFolder(configuration)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for part in ["evaluators", "judge"] {
      try copy("\(checkpoints)/\(part)", to: "\(folder)/\(part)")
    }
  }

  private func copy(_ source: String, to target: String) throws {
    guard FileManager.default.fileExists(atPath: source),
      !FileManager.default.fileExists(atPath: target)
    else { return }
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }

  private func dataKey(_ configuration: RunConfiguration) throws -> String {
    try yaml(configuration.data) + yaml(configuration.schema) + yaml(configuration.objectives)
      + "\(configuration.training.judge.share)"
  }

  /// Named by everything that evaluators depend on.
  private func evaluatorFolder(_ configuration: RunConfiguration) throws -> String {
    // Their pessimism, too: it is kept with them, and the scales are measured under it.
    let key =
      try dataKey(configuration) + yaml(configuration.evaluator)
      + yaml(configuration.training.evaluator)
      + "\(configuration.training.seed) \(configuration.training.shards)"
    return "\(directory)/evaluators/\(String(stableHash(key), radix: 16))"
  }
}
