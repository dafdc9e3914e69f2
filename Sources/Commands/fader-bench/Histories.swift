import ArgumentParser
import Benchmarking
import JSON
import Serving
import Sessions

/// `fader-bench histories`
struct Histories: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a user's history costs an answer, on one thread, case by case in turns.",
    discussion: """
      From a request in memory to its answer, without JSON and HTTP. none: the request without its \
      history. new: a user who has not asked before. same: a user whose history is as it was. more: a user \
      who has since been shown one more list, as after every answer of a service that remembers. Also the \
      ratio to none, turn by turn.

      Example: fader-bench histories --checkpoint runs/visits/checkpoints/best --sessions visits.jsonl
      """)

  @Option(help: "Folder of a checkpoint whose models see histories.")
  var checkpoint: String
  @Option(
    help: "Session file with histories, such as fader simulate writes for configs/visits.yaml.")
  var sessions: String
  @Option(help: "Least behaviours that a session must have to be used.")
  var least = 60
  @Option(help: "Turns; the medians are reported.")
  var turns = 400
  @Flag(help: "One JSON object instead of a table.")
  var json = false

  private static let cases = ["none", "new", "same", "more"]

  func validate() throws {
    for (name, value) in [("--least", least), ("--turns", turns)] where value < 1 {
      throw ValidationError("\(name): expected at least 1, got \(value)")
    }
  }

  func run() throws {
    let ranker = try Ranker(checkpoint: checkpoint)
    guard !ranker.description.schema.history.isEmpty else {
      throw ValidationError(
        "--checkpoint: expected models that see histories, those of \(checkpoint) see none")
    }
    let requests = try requests(ranker)
    ranker.warmUp()
    var times: [String: [Double]] = [:]
    var ratios: [String: [Double]] = [:]
    for turn in 0..<turns + 20 {
      let seconds = try seconds(ranker, requests[turn % requests.count], turn: turn)
      // What comes first finds caches empty that are none of the history's.
      guard turn >= 20 else { continue }
      for (name, value) in seconds {
        times[name, default: []].append(value)
        ratios[name, default: []].append(value / (seconds["none"] ?? value))
      }
    }
    let rows = Self.cases.map { name in
      (
        name: name, milliseconds: 1000 * Statistics.median(times[name] ?? []),
        ratio: Statistics.median(ratios[name] ?? [])
      )
    }
    if json {
      let members = rows.map { row in
        (
          key: row.name,
          value: ["ms": .number(row.milliseconds), "ratio": .number(row.ratio)] as JSONValue
        )
      }
      print(JSONValue.object(members).serialized() as String)
    } else {
      let mean = requests.reduce(0) { $0 + $1.history.count } / requests.count
      print("\(requests.count) requests with \(mean) behaviours on average")
      for row in rows {
        print(
          "\(row.name): \(significant(row.milliseconds)) ms, \(significant(row.ratio)) times none")
      }
    }
  }

  /// Seconds of each case for one request, with weights of its own.
  private func seconds(
    _ ranker: Ranker, _ request: RankRequest, turn: Int
  ) throws -> [String: Double] {
    var none = request
    none.history = []
    var fresh = request
    fresh.user.id = "new \(turn)"
    var same = request
    same.user.id = "same \(turn)"
    _ = try ranker.rank(same)
    var more = request
    more.user.id = "more \(turn)"
    let length = request.size ?? 10
    var before = more
    before.history = Array(more.history.dropLast(min(length, more.history.count - 1)))
    _ = try ranker.rank(before)
    var result: [String: Double] = [:]
    // Each case comes first as often as the others.
    let cases = [none, fresh, same, more]
    for place in cases.indices {
      let number = (place + turn) % cases.count
      let start = ContinuousClock.now
      _ = try ranker.rank(cases[number])
      result[Self.cases[number]] = (ContinuousClock.now - start) / .seconds(1)
    }
    return result
  }

  private func requests(_ ranker: Ranker) throws -> [RankRequest] {
    var reader = try SessionReader(path: sessions)
    var requests: [RankRequest] = []
    let names = ranker.description.objectives.map(\.name)
    while let session = try reader.next() {
      guard session.request.history.count >= least, requests.count < 64 else { continue }
      var request = RankRequest(
        user: session.request.user, context: session.request.context,
        items: session.request.candidates, size: session.shown.count,
        weights: [names[requests.count % names.count]: 1])
      request.history = session.request.history
      requests.append(try request.resolved(for: ranker.description, ServingConfiguration()))
    }
    guard !requests.isEmpty else {
      throw ValidationError(
        "--sessions: expected sessions with at least \(least) behaviours, \(sessions) has none; make "
          + "--least smaller")
    }
    return requests
  }
}
