import JSON
import Objectives
import RandomStreams
import Sessions
import WorldTruth
import Worlds

/// The users of a feed world, who ask a running service for lists and answer them by the law of
/// their world.
struct SimulatedUsers {
  private let feed: FeedWorldConfiguration
  /// With the model's scales.
  private let objectives: ObjectiveSet
  private let client: ServiceClient
  private let seed: UInt64
  var weights: [(name: String, value: Double)] = []
  /// Draws the weights of each request instead, in the order of the objectives.
  var weightLaw: WeightSampling?
  /// Share of the requests that ask for a single draw, the others for the greedy list. Nil leaves
  /// the choice to the service.
  var drawn: Double?
  var preset: String?
  var sendsFeedback = false
  var flag = "is_cold"
  /// From which request of a visit on the world has another share of cold candidates; ascending.
  var changes: [(from: Int, coldShare: Double)] = []

  init(
    _ feed: FeedWorldConfiguration, objectives: ObjectiveSet, client: ServiceClient, seed: UInt64
  ) {
    self.feed = feed
    self.objectives = objectives
    self.client = client
    self.seed = seed
  }

  /// The configured objectives with the scales of the model that is served.
  static func objectives(
    _ configured: ObjectiveSet, of client: ServiceClient
  ) throws -> ObjectiveSet {
    let model = try client.json("/v1/model")["objectives"]?.array ?? []
    let names = model.map { $0["name"]?.string ?? "" }
    guard names == configured.names else {
      throw UsersError.otherObjectives(expected: configured.names, got: names)
    }
    if let kind = configured.feedback.first(where: { !FeedWorld.possibleFeedback.contains($0) }) {
      throw UsersError.unknownFeedback(kind)
    }
    var scaled = configured.objectives
    for (i, objective) in model.enumerated() {
      scaled[i].scale = Float(objective["scale"]?.number ?? 1)
    }
    return ObjectiveSet(objectives: scaled)
  }

  /// Asks, looks and answers, one request after the other.
  func visit(requests: Int, first: Int, block: Int) throws -> UsersReport {
    var report = UsersReport(objectives: objectives.names, flag: flag, block: block)
    var changes = changes[...]
    var world = FeedWorld(feed)
    for number in 0..<requests {
      while let change = changes.first, change.from <= number {
        var changed = feed
        changed.coldShare = change.coldShare
        world = FeedWorld(changed)
        changes.removeFirst()
      }
      let request = world.request(first + number)
      let answer = try client.json("/v1/rerank", body: body(request, number: first + number))
      let list = try Self.list(answer, for: request)
      report.add(visit(request, list, answer, world))
      if sendsFeedback {
        try send(request, list, answer, world, number: first + number, &report)
      }
    }
    return report
  }

  private func body(_ request: Request, number: Int) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("request_id", .string(request.id)), ("user", request.user.json),
      ("context", request.context.json), ("items", .array(request.candidates.map(\.json))),
      ("size", .number(Double(min(feed.listLength, request.candidates.count)))),
    ]
    if let weightLaw {
      var stream = RandomStream(seed: seed, "users.weights", request: UInt64(number))
      let drawn = weightLaw.sample(count: objectives.names.count, using: &stream)
      let named = zip(objectives.names, drawn).map { ($0, JSONValue.number(Double($1))) }
      members.append(("weights", .object(named)))
    } else if !weights.isEmpty {
      members.append(("weights", .object(weights.map { ($0.name, .number($0.value)) })))
    }
    if let drawn {
      var stream = RandomStream(seed: seed, "users.drawn", request: UInt64(number))
      let single: JSONValue = ["kind": .string("sample"), "lists": .number(1)]
      members.append(("strategy", stream.uniform() < drawn ? single : ["kind": .string("greedy")]))
    }
    if let preset { members.append(("preset", .string(preset))) }
    return .object(members)
  }

  /// Indices of the listed candidates.
  private static func list(_ answer: JSONValue, for request: Request) throws -> [Int] {
    let items = answer["items"]?.array ?? []
    let list = items.compactMap { $0["index"]?.number.flatMap { Int(exactly: $0) } }
    guard !list.isEmpty, list.count == items.count, Set(list).count == list.count,
      list.allSatisfy(request.candidates.indices.contains)
    else {
      throw UsersError.list(request: request.id, got: answer["items"]?.summary ?? "none")
    }
    return list
  }

  private func visit(
    _ request: Request, _ list: [Int], _ answer: JSONValue, _ world: FeedWorld
  ) -> UsersReport.Visit {
    let utilities = world.utilities(objectives, of: list, for: request)
    let weights = objectives.names.map { Float(answer["weights"]?[$0]?.number ?? 0) }
    let flags = CandidateColumn(.flag, of: flag).values(of: request.candidates).map(Double.init)
    return UsersReport.Visit(
      reward: Double(objectives.reward(utilities, weights: weights)),
      utilities: utilities.map(Double.init), weights: weights.map(Double.init),
      shown: list.reduce(0) { $0 + flags[$1] } / Double(list.count),
      candidates: flags.reduce(0, +) / Double(flags.count),
      source: answer["source"]?.string ?? "greedy")
  }

  /// Posts what the user does with a list as one batch; a list that is left alone posts nothing.
  private func send(
    _ request: Request, _ list: [Int], _ answer: JSONValue, _ world: FeedWorld, number: Int,
    _ report: inout UsersReport
  ) throws {
    var stream = RandomStream(seed: seed, "users.answers", request: UInt64(number))
    let response = world.respond(to: request, list: list, using: &stream)
    let ranking = answer["request_id"]?.string ?? request.id
    let interactions = response.sorted { $0.key < $1.key }.flatMap { kind, values in
      zip(list, values).filter { $0.1 > 0 }.map { item, value -> JSONValue in
        [
          "ranking": .string(ranking), "item": .string(request.candidates[item].id),
          "type": .string(kind), "value": .number(Double(value)),
        ]
      }
    }
    guard !interactions.isEmpty else { return }
    let answer = try client.exchange(
      "/v1/feedback", body: ["interactions": .array(interactions)])
    switch answer.status {
    case 202: report.accepted += interactions.count
    // A service that cannot write its log says so and ranks on.
    case 503: report.refused += interactions.count
    default:
      throw UsersError.answer(path: "/v1/feedback", expected: 202, got: answer.summary)
    }
  }
}
