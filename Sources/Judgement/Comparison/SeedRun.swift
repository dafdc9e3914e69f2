import Baselines
import Checkpoints
import EvaluatorModel
import Families
import Features
import Foundation
import ListPolicy
import Networks
import Objectives
import OfflineEvaluation
import Tensors
import Training

/// Everything that one seed trains, and the methods that come of it.
struct SeedRun {
  let seed: UInt64
  let configuration: RunConfiguration
  let data: PreparedData
  let options: ComparisonOptions
  /// Folder of this seed's runs.
  let directory: String
  let workers: Workers
  let note: @Sendable (String) -> Void

  /// Trains Fader, or takes up where a stop left it.
  ///
  /// - Returns: path of its best checkpoint.
  func trainFader() throws -> String {
    try train(configuration, name: "fader", evaluatorsOf: nil)
  }

  /// - Parameter evaluatorsOf: run of the same seed whose evaluators and judge are taken over.
  func train(
    _ configuration: RunConfiguration, name: String, evaluatorsOf source: String?
  ) throws -> String {
    var own = configuration
    own.training.seed = seed
    let run = try RunDirectory(path: "\(directory)/\(name)")
    if let source {
      for part in ["evaluators", "judge"] {
        try copy("\(directory)/\(source)/checkpoints/\(part)", to: "\(run.checkpoints)/\(part)")
      }
    }
    note("seed \(seed): training \(name)")
    return try TrainingRun(
      RunContext(configuration: own, directory: run, workers: workers), force: true
    ).run(data)
  }

  private func copy(_ source: String, to target: String) throws {
    guard FileManager.default.fileExists(atPath: source),
      !FileManager.default.fileExists(atPath: target)
    else { return }
    try FileManager.default.copyItem(atPath: source, toPath: target)
  }

  func policy(_ checkpoint: String) throws -> any ListPolicy {
    let reader = try CheckpointReader(path: checkpoint)
    return try Families.policy(
      of: reader, layout: data.schema.layout,
      objectives: try reader.section("objectives", as: ObjectiveSet.self))
  }

  /// Trains further at one w, against the evaluators of `referees`.
  func refinement(_ referees: ListReferees) -> Refinement {
    var settings = configuration.training
    settings.seed = seed
    return Refinement(
      cache: data.train,
      utilities: UtilityModel(evaluators: referees.evaluators, objectives: referees.objectives),
      configuration: settings, workers: workers)
  }
}
