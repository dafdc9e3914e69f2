import ArgumentParser
import NIOCore
import NIOPosix

/// `fader-bench load`
struct Load: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Loads `fader serve` on this machine and checks every answer.",
    discussion: """
      Without --rate each connection sends its next request as soon as the last one is answered, \
      for every number of connections in turn. With --rate requests fall due at that rate whatever \
      the server does, and a latency is counted from the time a request fell due.
      """)

  @Option(help: "Port of the server on 127.0.0.1.")
  var port = 8080
  @Option(help: "JSON Lines of requests whose parts the made-up ones are mixed from.")
  var requests = "data/feed/click.json"
  @Option(help: "Candidates of a request, M.")
  var candidates = 50
  @Option(help: "List length, N.")
  var length = 10
  @Option(help: "Different bodies, weights apart.")
  var bodies = 64
  @Option(help: "Different weights; 0 for others in every request.")
  var weights = 0
  @Option(parsing: .upToNextOption, help: "Connections that are kept open, one run for each.")
  var connections = [1, 2, 4, 8, 16, 32, 64]
  @Option(help: "Requests per second that fall due; 0 to ask as fast as answers come.")
  var rate = 0.0
  @Flag(help: "With --rate: due at random (Poisson) instead of evenly.")
  var poisson = false
  @Option(help: "Seconds of one run.")
  var seconds = 3.0
  @Option(help: "Most requests of one run.")
  var count = 100_000
  @Option(help: "Requests of a run that are checked but not timed.")
  var warmup = 200
  @Flag(help: "One JSON array instead of a table.")
  var json = false

  func validate() throws {
    func check(_ holds: Bool, _ expected: String) throws {
      if !holds { throw ValidationError("expected \(expected)") }
    }
    try check((1...65535).contains(port), "--port 1 to 65535, got \(port)")
    try check((1...1000).contains(candidates), "--candidates 1 to 1000, got \(candidates)")
    try check((1...candidates).contains(length), "--length 1 to \(candidates), got \(length)")
    try check((1...10_000).contains(bodies), "--bodies 1 to 10000, got \(bodies)")
    try check(weights >= 0, "--weights from 0, got \(weights)")
    try check(
      !connections.isEmpty && connections.allSatisfy { (1...256).contains($0) },
      "--connections of 1 to 256, got \(connections)")
    try check((0...100_000).contains(rate), "--rate 0 to 100000, got \(rate)")
    try check(seconds > 0 && seconds <= 60, "--seconds above 0, at most 60, got \(seconds)")
    try check((1...1_000_000).contains(count), "--count 1 to 1000000, got \(count)")
    try check((0..<count).contains(warmup), "--warmup below --count, got \(warmup)")
  }

  func run() throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { try? group.syncShutdownGracefully() }
    let client = LoadClient(loop: group.next(), port: port)
    let source = try LoadRequests(
      file: requests, objectives: client.objectives(), bodies: bodies, candidates: candidates,
      length: length, weightings: weights)
    var results: [LoadResult] = []
    if !json { print(LoadResult.heading) }
    for number in connections {
      let result = try client.run(LoadPlan(self, connections: number, source))
      results.append(result)
      if !json { print(result.line) }
    }
    if json { print("[" + results.map(\.json).joined(separator: ",\n ") + "]") }
    let errors = results.reduce(0) { $0 + $1.errors }
    guard errors == 0 else { throw LoadError.wrongAnswers(errors, results.compactMap(\.example)) }
  }
}

/// Why a load run means nothing.
enum LoadError: Error, CustomStringConvertible {
  case noRequest(file: String)
  case noObjectives(got: String)
  case unusualBody
  case wrongAnswers(Int, [String])

  var description: String {
    switch self {
    case .noRequest(let file):
      "\(file): expected JSON Lines of rerank requests with items, got none; name a file of them"
    case .noObjectives(let got):
      "/v1/model: expected the model's objectives, got \(got); is this port fader's?"
    case .unusualBody:
      "a made-up body was not read the quick way, or not as the plain way reads it; are there "
        + "features with several values?"
    case .wrongAnswers(let count, let examples):
      "\(count) requests without a right answer (200 and a list of distinct items); the first: "
        + (examples.first ?? "no answer in time")
    }
  }
}
