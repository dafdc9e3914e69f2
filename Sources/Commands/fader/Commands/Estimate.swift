import ArgumentParser
import Objectives
import OfflineEvaluation
import Statistics

/// `fader estimate`
struct Estimate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Estimate from a log with propensities what the policy would have earned.",
    discussion: """
      This is off-policy evaluation: the log must say with which chance each item was shown. The policy draws from the \
      model at --weights. --share mixes it with the policy that wrote the log, about which the log says more. An estimator \
      that has too little to go by is refused, with the reason.

      Example:
        fader estimate --checkpoint runs/first --weights click=1 --share 0.2
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(parsing: .upToNextOption, help: "Session files instead of the checkpoint's test part.")
  var sessions: [String] = []
  @Option(help: "Sessions to use, at most.")
  var requests = 5000
  @Option(help: "Weights of the policy, as in click=0.7,cold_start=0.3; equal ones by default.")
  var weights: String?
  @Option(help: "Share of the picks that are the model's.")
  var share = 1.0
  @Option(help: "Feedback kind to estimate.")
  var feedback: String?
  @Option(help: "Clip importance weights here.")
  var maximumWeight: Double?
  @Flag(help: "Also ask the evaluators, for the doubly robust estimate; takes long.")
  var doublyRobust = false
  @Option(help: "Seed of the bootstrap.")
  var seed: UInt64 = 1
  @Flag(help: "Print JSON.")
  var json = false
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    if requests < 1 {
      throw ValidationError("--requests: expected at least 1, got \(requests)")
    }
    if !(share > 0 && share <= 1) {
      throw ValidationError("--share: expected above 0 and at most 1, got \(share)")
    }
    if let maximumWeight, !(maximumWeight > 0) {
      throw ValidationError("--maximum-weight: expected above 0, got \(maximumWeight)")
    }
    if doublyRobust, share < 1 {
      throw ValidationError(
        "--doubly-robust: expected --share 1, got \(share): what else the logging policy might "
          + "have picked is not logged")
    }
  }

  func run() throws {
    let path = try checkpoint.path()
    let evaluation = try OffPolicyEvaluation(path: path)
    let data = try EvaluationData(
      checkpoint: path, files: sessions, limit: requests, workers: workers.value)
    let names = evaluation.objectiveNames
    let given =
      try weights.map { try NamedWeights.parse($0, objectives: names) }
      ?? Dictionary(uniqueKeysWithValues: names.map { ($0, 1.0) })
    var options = OffPolicyEvaluation.Options()
    options.share = share
    options.feedback = feedback
    options.doublyRobust = doublyRobust
    options.estimation.maximumWeight = maximumWeight
    options.seed = seed
    let report = try evaluation.report(
      data.sessions, weights: try Weights(named: given, objectives: names), options: options,
      workers: workers.value)
    try StandardOutput.write((json ? try report.json() : report.text()) + "\n")
  }
}
