import ArgumentParser
import Checkpoints
import EvaluationReport
import Foundation
import Networks
import OfflineEvaluation
import Sessions

/// `fader evaluate`
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate a checkpoint on held-out sessions, at many weightings of the objectives.",
    discussion: """
      Without --sessions, the test part of the checkpoint's own data is used, which training never looked at. The report of \
      a run's own data is also kept in the run's folder report.

      The section on labels asks no model. The policy orders the items that were shown, and the real feedback says how good \
      that order is, beside a logistic regression. --labels-out writes labels and features for rankers of others, such as \
      data/peers/labels_lightgbm.py.

      Examples:
        fader evaluate --checkpoint runs/first --html report.html
        fader evaluate --checkpoint runs/first --require 'labels.click.over_logged>=0'
      """)

  @OptionGroup var checkpoint: CheckpointOptions
  @Option(parsing: .upToNextOption, help: "Session files to judge on instead.")
  var sessions: [String] = []
  @Option(
    help:
      "Configuration with the simulated world that the session files come from, which then tells the truth."
  )
  var world: String?
  @Option(help: "Sessions to judge on, at most.")
  var requests = 2000
  @Option(help: "Seed of what is drawn for the evaluation.")
  var seed: UInt64 = 1
  @Option(
    help: "Requests whose best list is searched for at every w, to say how much was attained.")
  var attainable = 0
  @Option(
    help: """
      Judge the lists that a service with strategy.searched_lists of this many serves, in place of \
      the policy's own.
      """)
  var searchedLists = 0
  @Option(help: "k of NDCG@k of the shown items by their labels.")
  var labelDepth = 5
  @Option(help: "File to write labels and features of shown items to, as JSON Lines.")
  var labelsOut: String?
  @Option(help: "Training sessions that baselines are fitted to and that are written, at most.")
  var labelTraining = EvaluationData.trainingLimit
  @Option(
    help: """
      Sessions of the judge's users that boosted trees are fitted to, at most: a second judge, of \
      another kind; 0 for none.
      """)
  var boosted = 20_000
  @Flag(help: "Print the report as JSON.")
  var json = false
  @Option(help: "File to write the report to as one HTML page.")
  var html: String?
  @Option(help: "File to write a summary to as Markdown.")
  var markdown: String?
  @Flag(help: "Put the summary into the checkpoint's MODEL_CARD.md.")
  var card = false
  @Option(
    parsing: .singleValue,
    help: """
      Bound on a figure, as in better_percentage.mean>=0.8 or labels.click.over_logged>=0; exit \
      code 2 when it is not met.
      """)
  var require: [String] = []
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    var taken = sessions
    for (path, option) in [(labelsOut, "--labels-out"), (html, "--html"), (markdown, "--markdown")]
    {
      guard let path else { continue }
      try requirePath(path, of: option)
      if taken.contains(where: { isSameFile($0, path) }) {
        throw ValidationError("\(option): expected a file of its own, got \(path) again")
      }
      taken.append(path)
    }
    if requests < 1 {
      throw ValidationError("--requests: expected at least 1, got \(requests)")
    }
    if attainable < 0 {
      throw ValidationError("--attainable: expected at least 0, got \(attainable)")
    }
    if searchedLists < 0 {
      throw ValidationError("--searched-lists: expected at least 0, got \(searchedLists)")
    }
    if labelDepth < 1 {
      throw ValidationError("--label-depth: expected at least 1, got \(labelDepth)")
    }
    if labelTraining < 0 {
      throw ValidationError("--label-training: expected at least 0, got \(labelTraining)")
    }
    if boosted < 0 {
      throw ValidationError("--boosted: expected at least 0, got \(boosted)")
    }
  }

  /// Where the truth about the sessions is to be had.
  private func requireWorldOfFiles() throws {
    if world != nil, sessions.isEmpty {
      throw ValidationError("--world: expected session files with --sessions beside it, got none")
    }
  }

  func run() throws {
    try requireWorldOfFiles()
    let requirements = try require.map { try Requirement($0) }
    let path = try checkpoint.path()
    let evaluation = try CheckpointEvaluation(path: path)
    try evaluation.figures(attainable: attainable > 0).check(requirements)
    let data = try EvaluationData(
      checkpoint: path, files: sessions, worldFile: world, limit: requests, training: labelTraining,
      judged: boosted, workers: workers.value)
    try evaluation.figures(attainable: attainable > 0, world: data.world != nil)
      .check(requirements)
    StandardError.note("evaluating \(path) on \(data.sessions.count) sessions")
    var options = CheckpointEvaluation.Options()
    options.seed = seed
    options.labelDepth = labelDepth
    options.searchedLists = searchedLists
    if attainable > 0 { options.attainable = AttainableSearch(requests: attainable, seed: seed) }
    let report = try evaluation.report(
      sessions: data.sessions, training: data.training, judged: data.judged, world: data.world,
      workers: workers.value, options: options, data: data.description)
    if let labelsOut {
      try evaluation.writeLabels(
        to: labelsOut, sessions: data.sessions, training: data.training, workers: workers.value,
        options: options)
    }
    let context = RunHistory.context(checkpoint: path, date: Date())
    if let html { try TextFile.write(report.html(context: context), to: html) }
    if sessions.isEmpty, let folder = checkpoint.reportFolder {
      // The run keeps its latest report: the console of a service shows it.
      try TextFile.write(report.json() + "\n", to: "\(folder)/report.json")
      try TextFile.write(report.html(context: context), to: "\(folder)/report.html")
      StandardError.note("the report is kept in \(folder)/report.html")
    }
    if let markdown { try TextFile.write(report.markdown(), to: markdown) }
    if card {
      let reader = try CheckpointReader(path: path)
      var writer = try CheckpointWriter(copying: reader)
      try writer.setEvaluation(report.markdown(), in: reader)
      try writer.write(to: path)
    }
    try report.print(asJSON: json)
    try report.check(requirements)
  }
}
