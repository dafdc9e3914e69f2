import ArgumentParser
import DataSources
import Foundation
import Objectives
import Serving
import StrictYAML
import Training

/// `fader train`
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train evaluators and a judge, freeze them, train the policy.",
    discussion: """
      Prints the path of the checkpoint that the judge prefers. The first SIGINT or SIGTERM finishes the step and \
      writes a checkpoint, the second leaves at once; --resume goes on as if nothing had happened.
      --from starts from a checkpoint instead of from nothing: its schema, objectives and scales stay, evaluators, \
      judge and policy are refined on the sessions as training.warm_start says.
      """)

  @Option(help: "Configuration file. Not with --resume.")
  var config: String?
  @Option(help: "Run directory to make. Needless with --check.")
  var out: String?
  @Option(help: "Seed of the run, the same as --set training.seed=S.")
  var seed: UInt64?
  @Option(help: "Override one value of the configuration, as in training.generator.steps=200.")
  var set: [String] = []
  @Option(help: "Checkpoint or run directory to go on from; sets training.warm_start.from.")
  var from: String?
  @Option(
    parsing: .upToNextOption,
    help: "Session files to train on in place of the configuration's data.")
  var sessions: [String] = []
  @Flag(help: "Go on although the evaluators do not meet the quality gate.")
  var force = false
  @Flag(help: "Go on with the run in --out, with the configuration that is recorded there.")
  var resume = false
  @Flag(help: "Hold the configuration against the data, say what is found, and train nothing.")
  var check = false
  @Option(help: "Last stage of this run: evaluators, judge or all; --resume takes it further.")
  var stage = TrainingStage.all
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    try requirePath(out, of: "--out")
    if check, resume {
      throw ValidationError("--check looks at a new run; leave out --resume")
    }
    guard let out = check ? out ?? "" : out else {
      throw ValidationError("--out: expected a run directory to make, got none")
    }
    if resume, config != nil || !set.isEmpty || seed != nil || from != nil || !sessions.isEmpty {
      throw ValidationError(
        "--resume goes on with the configuration in \(out)/config.yaml; leave out --config, --set, "
          + "--seed, --from and --sessions, or start a new run in another directory")
    }
    if !resume, config == nil {
      throw ValidationError("--config: expected a configuration file, such as configs/feed.yaml")
    }
  }

  func run() throws {
    if check { return try report() }
    let out = out ?? ""
    let context = try RunContext.onCommandLine(
      try runConfiguration(in: out), directory: out, workers: workers.value)
    try context.directory.claim()
    // Another run may have begun and ended here since the first look.
    if !resume { try refuseUsed(out) }
    try StandardOutput.write(try TrainingRun(context, force: force, stage: stage).run() + "\n")
  }

  /// What --check prints: what was found, then all that is wrong.
  private func report() throws {
    let configuration = try newConfiguration()
    let serving = try config.map { try ServingConfiguration.read($0, overrides: set) }
    var progress: ProgressLine?
    var check = try TrainingCheck(configuration, workers: workers.value) { pass, done, total in
      if progress == nil { progress = .standardError(label: pass, total: total, unit: "sessions") }
      progress?.update(done)
    }
    progress?.clear()
    if let serving { check.add(serving, objectives: configuration.objectives.map(\.name)) }
    let width = check.findings.map(\.title.count).max() ?? 0
    for (title, text) in check.findings {
      let gap = String(repeating: " ", count: width - title.count + 2)
      try StandardOutput.write("\(title)\(gap)\(text)\n")
    }
    guard check.isSound else { throw TrainingCheckError(check) }
    try StandardOutput.write("\(config ?? ""): sound, training can start\n")
  }

  private func runConfiguration(in out: String) throws -> RunConfiguration {
    let recorded = "\(out)/config.yaml"
    if resume {
      guard FileManager.default.fileExists(atPath: recorded) else {
        throw CommandError.missing(path: recorded, what: "a run to go on with")
      }
      return try RunConfiguration.read(recorded, overrides: [])
    }
    try refuseUsed(out)
    return try newConfiguration()
  }

  private func refuseUsed(_ out: String) throws {
    guard !FileManager.default.fileExists(atPath: "\(out)/config.yaml") else {
      throw CommandError.used(
        directory: out, remedy: "go on with it by --resume, or give --out another directory")
    }
  }

  private func newConfiguration() throws -> RunConfiguration {
    var configuration = try RunConfiguration.read(
      config ?? "", overrides: set + (seed.map { ["training.seed=\($0)"] } ?? []),
      sessions: sessions)
    if let from {
      configuration.training.warmStart = configuration.training.warmStart ?? WarmStart()
      configuration.training.warmStart?.from = RunConfiguration.absolute(
        try CheckpointPath.resolve(from))
    }
    let faults = configuration.validate()
    guard faults.isEmpty else {
      throw CommandError.unfitConfiguration(faults.joined(separator: "; "))
    }
    return configuration
  }
}

extension TrainingCheck {
  /// Holds the section `serving` of the same file against the same data.
  fileprivate mutating func add(_ serving: ServingConfiguration, objectives: [String]) {
    do throws(ConfigurationErrors) {
      try serving.validate(objectives: objectives, features: features)
      add(faults: [], remarks: serving.remarks(knowing: features).map { ("serving", $0) })
    } catch {
      add(faults: error.faults.map(\.description))
    }
  }
}

extension TrainingStage: ExpressibleByArgument {}
