import ArgumentParser
import Comparison
import Foundation
import Sessions
import Statistics
import Training

/// `fader compare`
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare Fader with baselines and specialists, over several seeds.",
    discussion: """
      Every method is trained on the same sessions. All are judged by the same evaluators, judge and truth (in a simulated \
      world), at the same weightings, on sessions that none of them has seen. This takes long. A seed that is finished in \
      --out is not run again.

      A second table asks no model: every method orders the items that were shown, and the real feedback says how good that \
      order is, beside a logistic regression.

      Example:
        fader compare --config configs/feed.yaml --seeds 3 --requests 100 --out runs/compare
      """)

  @Option(help: "Configuration file.")
  var config: String
  @Option(help: "Directory to keep runs and figures in.")
  var out = "runs/compare"
  @Option(help: "How many seeds.")
  var seeds = 5
  @Option(help: "The first of the seeds; another one goes on from an earlier comparison.")
  var firstSeed = 1
  @Option(help: "Held-out sessions that every method is evaluated on.")
  var requests = 200
  @Option(help: "Sessions whose best lists are searched for.")
  var attainable = 40
  @Option(help: "Sessions on which methods that search the evaluator are evaluated.")
  var searched = 12
  @Option(help: "Steps of the weights from 0 to 1 in the grid of probes.")
  var divisions = 4
  @Option(help: "Training steps of each specialist, from Fader's generator on.")
  var specialistSteps = 40
  @Option(help: "Training steps of each single-objective generator that is interpolated.")
  var singleSteps = 200
  @Option(help: "Number of an item that holds the upstream order.")
  var upstream = "score"
  @Option(help: "k of NDCG@k of the shown items by their labels.")
  var labelDepth = 5
  @Flag(help: "Leave out specialists and searches of the evaluator.")
  var quick = false
  @Option(help: "Override one value of the configuration.")
  var set: [String] = []
  @Flag(help: "Print the table as JSON.")
  var json = false
  @Flag(help: "Print the table as Markdown.")
  var markdown = false
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    try requirePath(out, of: "--out")
    let counts = [
      ("--seeds", seeds), ("--first-seed", firstSeed), ("--requests", requests),
      ("--attainable", attainable),
      ("--searched", searched), ("--divisions", divisions),
      ("--label-depth", labelDepth), ("--specialist-steps", specialistSteps),
      ("--single-steps", singleSteps),
    ]
    for (name, value) in counts where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value)")
    }
  }

  func run() throws {
    var options = ComparisonOptions()
    options.seeds = (UInt64(firstSeed)..<UInt64(firstSeed + seeds)).map(\.self)
    options.requests = requests
    options.attainableRequests = min(attainable, requests)
    options.searchRequests = min(searched, options.attainableRequests)
    options.divisions = divisions
    options.specialistSteps = specialistSteps
    options.singleSteps = singleSteps
    options.upstream = upstream
    options.labelDepth = labelDepth
    options.quick = quick
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let claim = try FolderClaim(
      out, remedy: "wait until the other one is done, or give --out another directory")
    defer { withExtendedLifetime(claim) {} }
    let report = try ComparisonRun(
      try RunConfiguration.read(config, overrides: set), options: options, directory: out,
      workers: workers.value, note: { StandardError.note($0) }
    ).run()
    if json {
      try StandardOutput.write(try report.json() + "\n")
    } else {
      try StandardOutput.write((markdown ? report.markdown() : report.textTable()) + "\n")
    }
  }
}
