import ArgumentParser
import EvaluationReport
import Foundation
import Objectives
import OfflineEvaluation
import StrictYAML
import Training

/// `fader quickstart`
struct Quickstart: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulate a small world, train on its log and evaluate the result.",
    discussion: """
      Takes one to five minutes on two cores. The run is kept in a folder, with its report as a page.

      Example:
        fader quickstart --out first-look
      """)

  /// Held-out sessions that the report is about.
  private static let requests = 1000

  @Option(help: "Directory to make.")
  var out = "fader-quickstart"
  @Option(help: "Seed of the training; the world stays the same.")
  var seed: UInt64?
  @Flag(help: "Print the report as JSON, the same as fader evaluate --json.")
  var json = false
  @Flag(help: "Print the configuration that is used, and do nothing else.")
  var showConfig = false
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    try requirePath(out, of: "--out")
  }

  func run() throws {
    if showConfig { return try StandardOutput.write(QuickstartConfiguration.yaml) }
    guard !FileManager.default.fileExists(atPath: "\(out)/config.yaml") else {
      throw CommandError.used(
        directory: out, remedy: "remove it, or give --out another directory")
    }
    let configuration = try RunConfiguration(
      YAMLDocument(text: QuickstartConfiguration.yaml, file: QuickstartConfiguration.name),
      overrides: seed.map { ["training.seed=\($0)"] } ?? [])
    let context = try RunContext.onCommandLine(
      configuration, directory: out, workers: workers.value)
    let checkpoint = try TrainingRun(context).run()
    let data = try EvaluationData(
      checkpoint: checkpoint, files: [], limit: Self.requests,
      training: EvaluationData.trainingLimit, workers: workers.value)
    StandardError.note("evaluating \(checkpoint) on \(data.sessions.count) sessions")
    var options = CheckpointEvaluation.Options()
    options.seed = configuration.training.seed
    let report = try CheckpointEvaluation(path: checkpoint).report(
      sessions: data.sessions, training: data.training, world: data.world,
      workers: workers.value, options: options, data: data.description)
    try TextFile.write(
      report.html(context: RunHistory.context(checkpoint: checkpoint, date: Date())),
      to: "\(context.directory.report)/report.html")
    try TextFile.write(report.json() + "\n", to: "\(context.directory.report)/report.json")
    let examples = try ExampleRequests(
      data.sessions, objectives: configuration.objectives.map(\.name), directory: out)
    try report.print(asJSON: json)
    let next = nextSteps(checkpoint, examples, report: "\(context.directory.report)/report.html")
    if json { StandardError.note(next) } else { try StandardOutput.write("\n\(next)\n") }
  }

  private func nextSteps(
    _ checkpoint: String, _ examples: ExampleRequests, report: String
  ) -> String {
    let fader = Self.program
    let curls = examples.single.prefix(2).map {
      "  curl -s -H 'Content-Type: application/json' -d @\($0) localhost:8080/v1/rerank"
    }
    return """
      The report as a page: \(report)
      Go on with
        \(fader) rank --checkpoint \(checkpoint) < \(examples.file)
        \(fader) serve --checkpoint \(checkpoint) --port 8080
      and, while it serves, ask for the same request under opposite weights:
      \(curls.joined(separator: "\n"))
      """
  }

  /// How this program was called, short where it lies below the current directory.
  private static var program: String {
    let path = CommandLine.arguments.first ?? "fader"
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
