import ArgumentParser
import JSON
import ListPolicy
import Serving

/// `fader-bench answer`
struct Answer: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "One request from its body to the answer's bytes, without HTTP, on one thread.",
    discussion: """
      Microseconds of each step and of the whole; every request has other weights. 'plain parse' \
      and 'plain encode' are the general way of reading, which unusual bodies still take.
      """)

  @Option(help: "Folder of the checkpoint.")
  var checkpoint = "checkpoints/quickstart"
  @Option(help: "JSON Lines of requests whose parts the made-up ones are mixed from.")
  var requests = "data/feed/click.json"
  @Option(help: "Candidates of a request, M.")
  var candidates = 50
  @Option(help: "List length, N.")
  var length = 10
  @Option(help: "Requests.")
  var count = 1000
  @Option(help: "How the hypernetwork's last layer is kept: float or bfloat16.")
  var precision = ServingPrecision.float
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  func validate() throws {
    guard (1...100_000).contains(count), (1...1000).contains(candidates),
      (1...candidates).contains(length)
    else { throw ValidationError("expected --count 1 to 100000, --candidates 1 to 1000, --length") }
  }

  func run() throws {
    let ranker = try Ranker(checkpoint: checkpoint, precision: precision)
    let source = try LoadRequests(
      file: requests, objectives: ranker.description.objectives.map(\.name), bodies: 64,
      candidates: candidates, length: length, weightings: 0)
    ranker.warmUp()
    let steps = try AnswerSteps(ranker)
    var times: [String: [Double]] = [:]
    for number in 0..<count {
      for (name, seconds) in try steps.seconds(
        source.body(number), whole: source.body(number + count))
      {
        times[name, default: []].append(seconds)
      }
    }
    let results = AnswerSteps.names.map { name in (name, Latencies(times[name] ?? [])) }
    if json {
      let members = results.map {
        (key: $0, value: JSONValue.object($1.members(per: 1e6, unit: "us")))
      }
      print(JSONValue.object(members).serialized() as String)
    } else {
      print(Latencies.padded("step") + Latencies.heading(unit: "us"))
      for (name, times) in results { print(Latencies.padded(name) + times.columns(per: 1e6)) }
    }
  }
}
