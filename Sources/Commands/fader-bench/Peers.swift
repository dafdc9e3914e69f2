import ArgumentParser
import Benchmarking
import JSON
import Sessions

struct Peers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Our figures beside those of the PyTorch reference, in turns, in one sitting.")
  @OptionGroup var options: BenchOptions
  @Option(help: "Interpreter that can import torch.")
  var python = "python3"
  @Option(help: "The reference: prints one JSON object of figures.")
  var file: String
  @Option(help: "Turns of ours and the eager reference.")
  var pairs = 3
  @Option(help: "Turns in which the compiled reference takes part; each takes a minute or two.")
  var compiledPairs = 1

  func validate() throws {
    let usual = WorkloadSizes()
    guard options.candidates == usual.candidates, options.length == usual.length,
      options.weights == usual.weights
    else {
      throw ValidationError(
        "--candidates, --length and --weights are fixed here: the reference has 50, 10 and 4")
    }
    if pairs < 1 { throw ValidationError("--pairs: expected at least 1, got \(pairs)") }
    if !(0...pairs).contains(compiledPairs) {
      throw ValidationError("--compiled-pairs: expected 0 to \(pairs), got \(compiledPairs)")
    }
  }

  func run() throws {
    let peer = PeerProcess(python: python, file: file)
    try peer.check()
    let load = MachineLoad()
    var runs = PeerRuns()
    for pair in 0..<pairs {
      for command in PeerMetric.commands {
        runs.own[command, default: []].append(try PeerProcess.own(command, options))
      }
      runs.eager.append(try peer.figures(options, compiled: false))
      if pair < compiledPairs {
        runs.compiled.append(try peer.figures(options, compiled: true))
      }
    }
    let rows = PeerMetric.all(options).map { runs.row($0) }
    if options.json {
      let report: JSONValue = [
        "figures": .array(rows.map(\.json)), "cores": .number(Double(load.cores)),
        "load_before": load.average.map { .number($0) } ?? .null,
      ]
      print(report.serialized() as String)
    } else {
      print(PeerRow.header)
      for row in rows { print(row.line) }
      if let warning = load.warning { print(warning) }
    }
  }
}

/// A figure that both have.
struct PeerMetric {
  static let commands = ["generator-step", "evaluator-step", "serve"]

  let command: String
  let own: String
  let peer: String
  /// A rate; else milliseconds, where less is better.
  let isRate: Bool
  /// FLOPs per unit: of a rate's one, or of what the milliseconds measure.
  let operations: Double

  static func all(_ options: BenchOptions) -> [PeerMetric] {
    var shape = ReferenceShape()
    shape.lists = options.lists
    let o = StepOperations(shape)
    // What the attention over a history costs is not counted: shares of the peak say less then.
    let history =
      options.exposures + options.clicks > 0
      ? [
        PeerMetric(
          command: "serve", own: "serve_remembering_ms", peer: "serve_remembering_ms",
          isRate: false, operations: o.request(withTheta: false))
      ] : []
    return [
      PeerMetric(
        command: "generator-step", own: "requests_per_s", peer: "generator_requests_per_s",
        isRate: true, operations: o.generatorStep(batch: 1)),
      PeerMetric(
        command: "evaluator-step", own: "lists_per_s", peer: "evaluator_lists_per_s",
        isRate: true, operations: o.evaluatorStep(batch: 1)),
      PeerMetric(
        command: "serve", own: "serve_ms", peer: "serve_ms", isRate: false,
        operations: o.request(withTheta: true)),
      PeerMetric(
        command: "serve", own: "serve_cached_ms", peer: "serve_cached_ms", isRate: false,
        operations: o.request(withTheta: false)),
    ] + history
  }

  /// Share of a peak in GFLOP/s.
  func share(_ value: Double, of peak: Double) -> Double {
    operations * (isRate ? value : 1000 / value) / (peak * 1e9)
  }
}
