import Checkpoints
import DataSources
import EvaluationReport
import Families
import Features
import Foundation
import JSON
import Networks
import Objectives
import OfflineEvaluation
import Sessions
import StrictYAML
package import Tensors
package import Training
import Worlds

/// Trains Fader in several variants of its recipe and evaluates each alike: what a part is worth.
///
/// Variants that agree in data, schema and objectives share their sessions, those that also agree
/// in their evaluators share these.
package struct AblationRun {
  let plan: AblationPlan
  let read: ([String]) throws -> RunConfiguration
  let options: ComparisonOptions
  let directory: String
  let workers: Workers
  let note: @Sendable (String) -> Void

  /// - Parameter read: the configuration with some assignments.
  package init(
    _ plan: AblationPlan, options: ComparisonOptions, directory: String, workers: Workers,
    note: @escaping @Sendable (String) -> Void,
    read: @escaping ([String]) throws -> RunConfiguration
  ) {
    self.plan = plan
    self.options = options
    self.directory = directory
    self.workers = workers
    self.note = note
    self.read = read
  }

  package func run() throws -> AblationReport {
    var shared = SharedParts(directory: directory, workers: workers)
    var rows: [AblationReport.Row] = []
    for variant in plan.variants {
      let found = try options.seeds.map { seed in
        try figures(of: variant, seed: seed, &shared)
      }
      rows.append(AblationReport.Row(name: variant.name, set: variant.set, seeds: found))
      note(rows[rows.count - 1].line)
    }
    return AblationReport(
      base: plan.base, seeds: options.seeds, requests: options.requests,
      attainableRequests: options.attainableRequests, variants: rows)
  }

  private func figures(
    of variant: AblationVariant, seed: UInt64, _ shared: inout SharedParts
  ) throws -> SeedFigures {
    let configuration = try read(plan.base + variant.set + ["training.seed=\(seed)"])
    let folder = "\(directory)/\(Self.folder(variant.name))/seed-\(seed)"
    let file = "\(folder)/figures.json"
    if let known = FileManager.default.contents(atPath: file) {
      return try JSONDecoder().decode(SeedFigures.self, from: known)
    }
    let data = try shared.data(configuration)
    let run = try RunDirectory(path: folder)
    try shared.lendEvaluators(configuration, to: run.checkpoints)
    let checkpoint = try TrainingRun(
      RunContext(configuration: configuration, directory: run, workers: workers), force: true
    ).run(data)
    try shared.keepEvaluators(configuration, from: run.checkpoints)
    let row = try evaluate(checkpoint, name: variant.name, configuration, &shared)
    try Data(EncodedJSON.page(row)).write(to: URL(fileURLWithPath: file), options: .atomic)
    return row
  }

  private func evaluate(
    _ checkpoint: String, name: String, _ configuration: RunConfiguration,
    _ shared: inout SharedParts
  ) throws -> SeedFigures {
    let source = try SessionSource(configuration.data)
    let sessions = try source.sessions(of: .test, limit: options.requests)
    guard !sessions.isEmpty else { throw ComparisonError.noSessions }
    let referees = try ListReferees(try CheckpointReader(path: checkpoint), world: source.world)
    let (probes, grid) = ProbeSet.grid(referees.objectives.count, divisions: options.divisions)
    let policy = try Families.policy(
      of: try CheckpointReader(path: checkpoint), layout: referees.schema.layout,
      objectives: referees.objectives)
    let method = PolicyLists(policy, weights: probes.weights)
    let evaluation = MethodEvaluation(referees: referees, probes: probes)
    let all = evaluation.accumulate([(method, nil)], sessions: sessions, workers: workers)[0]
    var row = SeedFigures(
      name: name, about: "", steered: true, probes: grid.count, requests: sessions.count)
    all.addGains(over: grid, to: &row)
    row[.spearman] = all.weakestSpearman(probes)
    let search = AttainableSearch(
      requests: options.attainableRequests, budget: options.attainableBudget, seed: 1)
    if let best = shared.attainable(
      referees, sessions, grid.map { probes.weights[$0] }, search, configuration)
    {
      let first = Array(sessions.prefix(best.best.count))
      let own = evaluation.accumulate([(method, grid)], sessions: first, workers: workers)[0]
      let share = own.attainment(over: grid, best: best.best)
      row[.attainment] = share?.mean
      row[.attainmentWorst] = share?.min
    }
    return row
  }

  /// A name that is safe as a folder.
  private static func folder(_ name: String) -> String {
    String(name.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
  }
}
