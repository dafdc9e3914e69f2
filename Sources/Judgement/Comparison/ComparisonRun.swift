import Checkpoints
import DataSources
import Features
import Foundation
import JSON
import Networks
import Objectives
import OfflineEvaluation
import Sessions
package import Tensors
package import Training
import Worlds

/// Trains Fader and everything it is compared with on the same data, and evaluates all of them by the
/// same evaluators, judge, truth and probes.
package struct ComparisonRun {
  let configuration: RunConfiguration
  let options: ComparisonOptions
  let directory: String
  let workers: Workers
  let note: @Sendable (String) -> Void

  /// - Parameter directory: where everything is kept; a seed that is finished there is not run again.
  package init(
    _ configuration: RunConfiguration, options: ComparisonOptions, directory: String,
    workers: Workers, note: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.options = options
    self.directory = directory
    self.workers = workers
    self.note = note
  }

  package func run() throws -> ComparisonReport {
    let objectives = try ObjectiveSet(configuration.objectives)
    let (probes, grid) = ProbeSet.grid(objectives.count, divisions: options.divisions)
    note("reading sessions")
    let data = try PreparedData(
      configuration, objectives: objectives, directory: "\(directory)/cache", workers: workers)
    let source = try SessionSource(configuration.data)
    let sessions = try source.sessions(of: .test, limit: options.requests)
    guard !sessions.isEmpty else { throw ComparisonError.noSessions }
    let training = try source.sessions(of: .train, limit: Self.logisticSessions)
    var attainable: AttainableRewards?
    var seeds: [[SeedFigures]] = []
    for seed in options.seeds {
      if let known = try stored(seed) {
        seeds.append(known)
        continue
      }
      let run = SeedRun(
        seed: seed, configuration: configuration, data: data, options: options,
        directory: "\(directory)/seed-\(seed)", workers: workers, note: note)
      let checkpoint = try run.trainFader()
      let referees = try ListReferees(try CheckpointReader(path: checkpoint), world: source.world)
      // Scales that were measured are those of the evaluators; the truth's best lists depend on them.
      if attainable == nil || referees.objectives.objectives.contains(where: { !$0.scaleIsFixed }) {
        note("searching for the best lists by the truth")
        attainable = referees.attainableByTruth(
          sessions, probes: grid.map { probes.weights[$0] }, search: search, workers: workers)
      }
      let evaluation = SeedEvaluation(
        run: run, referees: referees, probes: probes, grid: grid, sessions: sessions,
        training: training,
        labels: LabelComparison(
          sessions, schema: referees.schema, targets: referees.labelTargets,
          depth: options.labelDepth, seed: 1, workers: workers),
        attainable: attainable)
      let rows = try evaluation.rows(fader: try run.policy(checkpoint))
      try store(rows, seed)
      seeds.append(rows)
    }
    return ComparisonReport(
      seeds: options.seeds, rows: seeds, objectives: objectives.names,
      grid: grid.map { probes.weights[$0] }, requests: sessions.count,
      searched: source.world == nil ? [] : Array(sessions.prefix(search.requests)), search: search,
      options: options)
  }

  /// Sessions that a regression of one weight per feature has more than enough of.
  private static let logisticSessions = 8192

  private var search: AttainableSearch {
    AttainableSearch(
      requests: options.attainableRequests, budget: options.attainableBudget, seed: 1)
  }

  private func path(_ seed: UInt64) -> String { "\(directory)/seed-\(seed)/figures.json" }

  private func stored(_ seed: UInt64) throws -> [SeedFigures]? {
    guard let bytes = FileManager.default.contents(atPath: path(seed)) else { return nil }
    note("seed \(seed): taken from \(path(seed))")
    return try JSONDecoder().decode([SeedFigures].self, from: bytes)
  }

  private func store(_ rows: [SeedFigures], _ seed: UInt64) throws {
    try Data(EncodedJSON.page(rows)).write(
      to: URL(fileURLWithPath: path(seed)), options: .atomic)
  }
}
