import CandidateSelection
import Checkpoints
import DataSources
import Families
import Features
import ListPolicy
import ListSearch
import Objectives
import RandomStreams
import Sessions
import Tensors
import WorldTruth
import Worlds

/// What a cut costs, by the truth of the world in which a checkpoint was trained, with more candidates per
/// request.
struct RegretMeasurement: Sendable {
  /// A way to cut; nil for keeping all.
  struct Cut: Sendable {
    let name: String
    /// Candidate indices that are kept, ascending.
    let kept: @Sendable (Request) -> [Int]
  }

  /// Of one request and weighting.
  struct Values: Sendable {
    /// Reward of the list that the world's own policy shows from all candidates.
    var logged = 0.0
    /// Of the best list of all candidates, and of the policy's list from them; without a policy, of the
    /// highest upstream scores.
    var best = 0.0
    var policy = 0.0
    /// The same for each cut.
    var cutBest: [Double] = []
    var cutPolicy: [Double] = []
  }

  let objectives: ObjectiveSet
  let weightings: [(name: String, w: [Float])]
  let cuts: [Cut]
  private let schema: FittedSchema
  private let policy: (any ListPolicy)?
  private let world: FeedWorldConfiguration
  private let requests: Int
  private let budget: Int

  init(
    checkpoint: String, hasPolicy: Bool, from: Int, keep: Int, requests: Int, budget: Int
  ) throws {
    let reader = try CheckpointReader(path: checkpoint)
    schema = try reader.section("schema", as: FittedSchema.self)
    objectives = try reader.section("objectives", as: ObjectiveSet.self)
    policy =
      hasPolicy
      ? try Families.policy(of: reader, layout: schema.layout, objectives: objectives) : nil
    var world =
      try reader.section("data", as: DataConfiguration.self).feed ?? FeedWorldConfiguration()
    world.candidates = from
    self.world = world
    self.requests = requests
    self.budget = budget
    weightings = Self.weightings(objectives.names)
    cuts = Self.cuts(keep: keep)
  }

  /// Every objective alone, all alike, one with half of the weight each, and the service's own default.
  private static func weightings(_ names: [String]) -> [(name: String, w: [Float])] {
    let count = names.count
    let alone = names.indices.map { i in
      (names[i] + " alone", names.indices.map { Float($0 == i ? 1 : 0) })
    }
    let half = names.indices.map { i in
      ("half " + names[i], names.indices.map { Float($0 == i ? 0.5 : 0.5 / Double(count - 1)) })
    }
    return alone + [("all alike", names.map { _ in 1 / Float(count) })] + half
  }

  private static func cuts(keep: Int) -> [Cut] {
    func cut(_ name: String, _ change: (inout SelectionConfiguration) -> Void) -> Cut {
      var configuration = SelectionConfiguration()
      configuration.keep = keep
      configuration.by = "score"
      change(&configuration)
      let selector = CandidateSelector(configuration)
      return Cut(name: name) { selector.selection(of: $0.candidates).kept }
    }
    let shops = SelectionQuota(group: "shop", cap: max(1, keep / 16))
    let cold = SelectionQuota(flag: "is_cold", floorShare: 0.2)
    let kinds = SelectionQuota(group: "kind", capShare: 0.5, floorShare: 0.2)
    return [
      Cut(name: "random") { request in
        var random = RandomStream(seed: stableSeed(request.id), "bench.cut")
        return random.permutation(request.candidates.count).prefix(keep).sorted()
      },
      cut("top") { $0.method = .top },
      cut("quotas kind, shop") { $0.quotas = [kinds, shops] },
      cut("quotas cold, shop") { $0.quotas = [cold, shops] },
      cut("mmr") { ($0.method, $0.alike) = (.mmr, ["shop", "is_cold"]) },
      cut("dpp") { ($0.method, $0.alike) = (.dpp, ["shop", "is_cold"]) },
      cut("submodular") { ($0.method, $0.alike) = (.submodular, ["shop", "is_cold"]) },
    ]
  }

  private static func stableSeed(_ id: String) -> UInt64 {
    id.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
  }

  /// `[request][weighting]`
  func run(seed: UInt64, workers: Int) -> [[Values]] {
    var configuration = world
    configuration.seed = seed
    let feed = FeedWorld(configuration)
    return Workers(workers).map(requests) { number in
      let request = feed.request(number)
      var random = RandomStream(seed: seed, "bench.logged", request: UInt64(number))
      let logged = feed.loggedList(for: request, using: &random).list
      return values(request, in: feed, logged: logged, number: number)
    }
  }

  private func values(
    _ request: Request, in feed: FeedWorld, logged: [Int], number: Int
  ) -> [Values] {
    let law = TrueLaw(request, in: feed, objectives)
    let kept = cuts.map { $0.kept(request) }
    let all = Array(request.candidates.indices)
    var found: [[[Int]]] = kept.map { _ in [] }
    var foundInAll: [[Int]] = []
    return weightings.map { _, w in
      var values = Values(logged: law.reward(logged, w))
      for cut in kept.indices {
        let own = list(request, of: kept[cut], w, length: logged.count)
        let best = search(
          law, w, pool: kept[cut], starts: [own] + found[cut].suffix(3), number, budget: budget)
        found[cut].append(best)
        values.cutPolicy.append(law.reward(own, w))
        values.cutBest.append(law.reward(best, w))
      }
      let own = list(request, of: all, w, length: logged.count)
      // The best lists of the cuts are among its starts, so that no regret is below 0.
      let best = search(
        law, w, pool: all, starts: [own] + foundInAll.suffix(3) + found.compactMap(\.last), number,
        budget: 2 * budget)
      foundInAll.append(best)
      values.policy = law.reward(own, w)
      values.best = law.reward(best, w)
      return values
    }
  }

  private func search(
    _ law: TrueLaw, _ w: [Float], pool: [Int], starts: [[Int]], _ number: Int, budget: Int
  ) -> [Int] {
    var seen: Set<[Int]> = []
    return LocalSearch(budget: budget, chunk: 64, randomStarts: 1, kicks: 64, kickSteps: 3).best(
      candidates: law.candidates, length: starts[0].count, pool: pool,
      starts: starts.filter { seen.insert($0).inserted }, seed: 1, request: UInt64(number)
    ) { lists in lists.map { law.reward($0, w) } }.best.items
  }

  /// The policy's list of some candidates, by their places among all.
  private func list(_ request: Request, of kept: [Int], _ w: [Float], length: Int) -> [Int] {
    guard let policy else {
      let scores = request.candidates.map { $0.features["score"]?.number ?? 0 }
      return Array(kept.sorted { scores[$0] > scores[$1] }.prefix(length))
    }
    var narrow = request
    narrow.candidates = kept.map { request.candidates[$0] }
    return policy.lists(
      RequestBatch([schema.encode(narrow)]), weights: [policy.prepare(w)], lengths: [length],
      constraints: nil, isOver: { false })[0].items.map { kept[$0] }
  }
}

/// What any list of one request is worth, exactly.
private struct TrueLaw {
  let candidates: Int
  private let objectives: ObjectiveSet
  private let truth: any ListTruth
  private let columns: [[Float]]

  init(_ request: Request, in world: FeedWorld, _ objectives: ObjectiveSet) {
    self.objectives = objectives
    candidates = request.candidates.count
    truth = world.truth(for: request)
    columns = objectives.columns.map { $0.values(of: request.candidates) }
  }

  func reward(_ list: [Int], _ w: [Float]) -> Double {
    let expected = truth.expectedFeedback(of: list)
    let utilities = objectives.utilities(
      of: list, columns: columns, predictions: objectives.feedback.map { expected[$0] ?? [] })
    return Double(objectives.reward(utilities, weights: w))
  }
}
