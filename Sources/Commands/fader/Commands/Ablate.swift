import ArgumentParser
import Comparison
import Foundation
import Sessions
import Statistics
import Training

/// `fader ablate`
struct Ablate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train variants of a recipe and say what each part is worth.",
    discussion: """
      --variants names a YAML file with base (assignments for all) and variants (name and set each). \
      A variant that is finished in --out is not run again.
      """)

  @Option(help: "Configuration file that the variants differ from.")
  var config: String
  @Option(help: "File of variants.")
  var variants: String
  @Option(help: "Directory to keep runs and figures in.")
  var out = "runs/ablation"
  @Option(help: "How many seeds, from 1.")
  var seeds = 3
  @Option(help: "Held-out sessions that every variant is evaluated on.")
  var requests = 200
  @Option(help: "Sessions whose best lists are searched for.")
  var attainable = 24
  @Flag(help: "Print the table as JSON.")
  var json = false
  @OptionGroup var workers: WorkerOptions

  func validate() throws {
    try requirePath(out, of: "--out")
    for (name, value) in [
      ("--seeds", seeds), ("--requests", requests), ("--attainable", attainable),
    ] where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value)")
    }
  }

  func run() throws {
    guard FileManager.default.fileExists(atPath: variants) else {
      throw CommandError.missing(path: variants, what: "a file of variants")
    }
    var options = ComparisonOptions()
    options.seeds = (1...UInt64(seeds)).map(\.self)
    options.requests = requests
    options.attainableRequests = min(attainable, requests)
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let claim = try FolderClaim(
      out, remedy: "wait until the other one is done, or give --out another directory")
    defer { withExtendedLifetime(claim) {} }
    let report = try AblationRun(
      try AblationPlan(path: variants), options: options, directory: out,
      workers: workers.value, note: { StandardError.note($0) },
      read: { try RunConfiguration.read(config, overrides: $0) }
    ).run()
    try StandardOutput.write(json ? try report.json() + "\n" : report.text() + "\n")
  }
}
