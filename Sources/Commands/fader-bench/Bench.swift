import ArgumentParser
import Benchmarking
import Tensors

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fader-bench",
    abstract: "Times training, requests and data on made-up data of real shapes.",
    subcommands: [
      GeneratorStep.self, EvaluatorStep.self, Serve.self, Answer.self, Load.self, Search.self,
      Encode.self, Ingest.self, Readers.self, Products.self, Peers.self, Curves.self, Users.self,
      Loop.self, Gap.self, Histories.self, Heads.self, Phone.self, Beams.self, Mixed.self,
      Plans.self,
      Selection.self,
    ])

  static func main() {
    if let complaint = Processor.complaint { exit(withError: ValidationError(complaint)) }
    Allocator.keepFreedBlocks()
    OpenBLAS.takeLargeProducts()
    main(nil)
  }
}

/// Sizes and repetitions that all measurements share.
struct BenchOptions: ParsableArguments {
  @Option(help: "Candidates of a request, M.")
  var candidates = 50
  @Option(help: "List length, N.")
  var length = 10
  @Option(help: "Lists drawn per request, K.")
  var lists = 8
  @Option(help: "Objectives, W; 1 to 8.")
  var weights = 4
  @Option(help: "Requests per step.")
  var batch = 64
  @Option(help: "Items of the user's history that were shown; with --clicks 0 there is no history.")
  var exposures = 0
  @Option(help: "Items of the user's history that were clicked.")
  var clicks = 0
  @Option(help: "Threads.")
  var workers = 2
  @Option(help: "Timed rounds; the median is reported.")
  var rounds = 15
  @Flag(help: "One JSON object instead of text.")
  var json = false

  func validate() throws {
    let counts = [
      ("--candidates", candidates), ("--length", length), ("--lists", lists),
      ("--weights", weights), ("--batch", batch), ("--workers", workers), ("--rounds", rounds),
    ]
    for (name, count) in counts where count < 1 {
      throw ValidationError("\(name): expected at least 1, got \(count)")
    }
    for (name, count) in [("--exposures", exposures), ("--clicks", clicks)] where count < 0 {
      throw ValidationError("\(name): expected at least 0, got \(count)")
    }
    if length > candidates {
      throw ValidationError(
        "--length: expected at most --candidates (\(candidates)), got \(length)")
    }
    if weights > Workload.objectives.count {
      throw ValidationError(
        "--weights: expected at most \(Workload.objectives.count), got \(weights)")
    }
  }

  var sizes: WorkloadSizes {
    var sizes = WorkloadSizes()
    sizes.candidates = candidates
    sizes.length = length
    sizes.lists = lists
    sizes.weights = weights
    sizes.batch = batch
    sizes.exposures = exposures
    sizes.clicks = clicks
    return sizes
  }
}
