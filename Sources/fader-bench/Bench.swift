import ArgumentParser

@main
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fader-bench",
    abstract: "Times the steps of training and one request, on made-up data of real shapes.",
    subcommands: [GeneratorStep.self, EvaluatorStep.self, Serve.self, Answer.self, Load.self])
}

/// Sizes and repetitions that all measurements share.
struct BenchOptions: ParsableArguments {
  @Option(help: "Candidates of a request, M.")
  var candidates = 50
  @Option(help: "List length, N.")
  var length = 10
  @Option(help: "Lists drawn per request, K.")
  var lists = 8
  @Option(help: "Requests per step.")
  var batch = 64
  @Option(help: "Threads.")
  var workers = 2
  @Option(help: "Timed rounds; the median is reported.")
  var rounds = 15
  @Flag(help: "One JSON object instead of text.")
  var json = false
}
