import ArgumentParser
import DataSources
import JSON
import NIOCore
import NIOPosix
import Objectives
import Training
import WorldTruth
import Worlds

/// `fader-bench users`
struct Users: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulated users of a running service: what its lists are worth to them in truth.",
    discussion: """
      The requests of the world in data.feed go to /v1/rerank one after the other. The world's law says what \
      each list is worth, and with --feedback its users answer: their clicks, likes and seconds go to \
      /v1/feedback. The means of true utilities and of the true reward under the model's scales and the \
      answers' weights are printed, with standard errors, per block of requests.
      """)

  @Option(help: "Address of the service.")
  var url = "http://127.0.0.1:8080"
  @Option(help: "Configuration with the world in data.feed, and the model's objectives.")
  var config: String
  @Option(help: "How many requests.")
  var requests = 1000
  @Option(help: "Number of the first request; numbers that were not used before give new requests.")
  var first = 1_000_000
  @Option(help: "Seed of the users' answers.")
  var seed: UInt64 = 1
  @Option(
    parsing: .upToNextOption, help: "Weights in every request, as in click=1 cold_start=0.5.")
  var weights: [String] = []
  @Option(help: "Preset named in every request.")
  var preset: String?
  @Flag(help: "Send what the users do to /v1/feedback.")
  var feedback = false
  @Option(help: "Flag whose share of the lists and of the candidates is reported.")
  var flag = "is_cold"
  @Option(
    parsing: .upToNextOption,
    help: "Change of supply: from request K of this run on, the world's cold_share, as in 500=0.1.")
  var coldShareFrom: [String] = []
  @Option(help: "Requests of a block.")
  var block = 500
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func validate() throws {
    if ServiceAddress(url) == nil {
      throw ValidationError("--url: expected http://HOST:PORT, got \(url)")
    }
    for (name, value) in [("--requests", requests), ("--block", block)] where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value)")
    }
    if first < 0 { throw ValidationError("--first: expected at least 0, got \(first)") }
    if preset != nil, !weights.isEmpty {
      throw ValidationError("expected --weights or --preset, got both")
    }
    for text in weights where Self.pair(text) == nil {
      throw ValidationError("--weights: expected NAME=NUMBER from 0 on, got \(text)")
    }
    for text in coldShareFrom where Self.change(text) == nil {
      throw ValidationError("--cold-share-from: expected REQUEST=SHARE within 0...1, got \(text)")
    }
  }

  func run() throws {
    let configuration = try RunConfiguration(path: config)
    guard let feed = configuration.data.feed, let address = ServiceAddress(url) else {
      throw UsersError.noWorld(file: config)
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    defer { try? group.syncShutdownGracefully() }
    let client = try ServiceClient(address, on: group.next())
    defer { client.close() }
    let objectives = try SimulatedUsers.objectives(
      try ObjectiveSet(configuration.objectives), of: client)
    var users = SimulatedUsers(feed, objectives: objectives, client: client, seed: seed)
    users.weights = weights.compactMap(Self.pair)
    users.preset = preset
    users.sendsFeedback = feedback
    users.flag = flag
    users.changes = coldShareFrom.compactMap(Self.change).sorted { $0.from < $1.from }
    let report = try users.visit(requests: requests, first: first, block: block)
    print(json ? report.json.serialized() as String : report.table)
  }

  static func pair(_ text: String) -> (name: String, value: Double)? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let value = Double(parts[1]), value >= 0,
      value.isFinite
    else { return nil }
    return (String(parts[0]), value)
  }

  private static func change(_ text: String) -> (from: Int, coldShare: Double)? {
    guard let (name, share) = pair(text), let from = Int(name), from >= 0, share <= 1 else {
      return nil
    }
    return (from, share)
  }
}

/// Why a visit of the simulated users means nothing.
enum UsersError: Error, CustomStringConvertible {
  case noWorld(file: String)
  case otherObjectives(expected: [String], got: [String])
  case unknownFeedback(String)
  case answer(path: String, expected: Int, got: String)
  case list(request: String, got: String)

  var description: String {
    switch self {
    case .noWorld(let file):
      "\(file): expected a world in data.feed, got none; give the configuration of the world"
    case .otherObjectives(let expected, let got):
      "/v1/model: expected the objectives \(expected.joined(separator: ", ")) of --config, got "
        + "\(got.joined(separator: ", ")); give the configuration that the model was trained with"
    case .unknownFeedback(let kind):
      "objectives: expected feedback of the world (\(FeedWorld.feedback.joined(separator: ", "))), "
        + "got predicted: \(kind); its truth is not known"
    case .answer(let path, let expected, let got):
      "\(path): expected status \(expected) and JSON, got \(got)"
    case .list(let request, let got):
      "/v1/rerank: expected a list of distinct candidates for \(request), got \(got)"
    }
  }
}
