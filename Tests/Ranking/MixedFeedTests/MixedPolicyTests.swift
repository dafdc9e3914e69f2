import EvaluatorModel
import Features
import ListPolicy
import ListRules
import MixedFeed
import Networks
import Objectives
import RandomStreams
import Sessions
import Tensors
import Testing
import TinyModels

@Suite struct MixedPolicyTests {
  static let heads = tinyEvaluator().heads
  static let objectives = ObjectiveSet(objectives: [
    Objective(name: "click", definition: .predicted(feedback: "click", .sum)),
    Objective(name: "cold", definition: .rule(.share(flag: "is_cold"))),
  ])

  static func configuration(
    _ change: (inout MixedConfiguration) -> Void = { _ in }
  ) -> MixedConfiguration {
    var c = MixedConfiguration()
    var ad = MixedChannel(name: "ad", flag: "is_ad")
    ad.gap = 3
    ad.first = 2
    ad.maximum = 3
    var video = MixedChannel(name: "video", flag: "is_video")
    video.gap = 2
    video.ordered = false
    c.channels = [ad, video]
    c.scores = ["quality"]
    c.attention = 4
    c.cross = 3
    c.experts = 2
    c.expertWidth = 5
    c.tower = 4
    change(&c)
    return c
  }

  static func layout(_ configuration: MixedConfiguration) -> FeatureLayout {
    var layout = tinyLayout(history: true)
    layout.columns = objectives.columns
    for reading in configuration.readings where !layout.columns.contains(reading.column) {
      layout.columns.append(reading.column)
    }
    return layout
  }

  /// A policy that has left its start.
  static func policy(
    seed: UInt64 = 1, _ change: (inout MixedConfiguration) -> Void = { _ in }
  ) throws -> MixedPolicy {
    let configuration = configuration(change)
    var policy = try MixedPolicy(
      configuration, layout: layout(configuration), objectives: objectives,
      evaluators: EvaluatorEnsemble(
        members: [tinyEvaluator(slots: 8, history: true)], pessimism: 0),
      stream: RandomStream(seed: seed, "tiny mixed"))
    var stream = RandomStream(seed: seed, "mixed test")
    for i in policy.parameters.values.indices
    where policy.parameters.names[i].hasSuffix("output.weight") {
      for j in policy.parameters.values[i].scalars.indices {
        policy.parameters.values[i].scalars[j] = Float(stream.normal())
      }
    }
    return policy
  }

  /// A request whose candidates are one third advertisements, one third videos, one third organic items.
  static func request(_ policy: MixedPolicy, seed: UInt64, candidates: Int = 15) -> EncodedRequest {
    var stream = RandomStream(seed: seed, "mixed request")
    let layout = layout(policy.configuration)
    var request = stream.request(layout, candidates: candidates)
    for (name, third) in [("is_ad", 1), ("is_video", 2)] {
      if let column = layout.columns.firstIndex(of: CandidateColumn(.flag, of: name)) {
        request.columns[column] = (0..<candidates).map { $0 % 3 == third ? 1 : 0 }
      }
    }
    return request
  }

  static func list(
    _ policy: MixedPolicy, _ request: EncodedRequest, length: Int = 8,
    _ constraints: DecodingConstraints = .none
  ) -> [Int] {
    policy.lists(
      RequestBatch([request]), weights: [policy.prepare([0.8, 0.2])], lengths: [length],
      constraints: [constraints])[0].items
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func listsKeepTheLimitsOfTheirChannels(seed: UInt64)
    throws
  {
    let policy = try Self.policy(seed: seed)
    let list = Self.list(policy, Self.request(policy, seed: seed))
    #expect(list.count == 8 && Set(list).count == 8)
    let ads = list.indices.filter { list[$0] % 3 == 1 }
    let videos = list.indices.filter { list[$0] % 3 == 2 }
    #expect(zip(ads, ads.dropFirst()).allSatisfy { $1 - $0 >= 3 })
    #expect(zip(videos, videos.dropFirst()).allSatisfy { $1 - $0 >= 2 })
    #expect(ads.count <= 3 && ads.first ?? 1 >= 1)
    // Queues in order, and organic items in order.
    let organic = list.filter { $0 % 3 == 0 }
    #expect(organic == Array([0, 3, 6, 9, 12].prefix(organic.count)))
    #expect(ads.map { list[$0] } == Array([1, 4, 7, 10, 13].prefix(ads.count)))
  }

  @Test func theOrderIsThatOfTheConfiguredNumber() throws {
    let policy = try Self.policy { $0.order = "score" }
    var request = Self.request(policy, seed: 4)
    let column = try #require(
      Self.layout(policy.configuration).columns.firstIndex(
        of: CandidateColumn(.number, of: "score")))
    request.columns[column] = (0..<15).map { Float($0) }
    let organic = Self.list(policy, request).filter { $0 % 3 == 0 }
    #expect(organic == Array([12, 9, 6, 3, 0].prefix(organic.count)))
  }

  @Test(arguments: 0..<10 as Range<UInt64>) func whatARequestAsksOfAChannelHolds(seed: UInt64)
    throws
  {
    let policy = try Self.policy(seed: seed)
    let request = Self.request(policy, seed: seed)
    let none = Self.list(
      policy, request, length: 5,
      DecodingConstraints(channels: [
        "ad": ChannelBounds(maximum: 0), "video": ChannelBounds(maximum: 0),
      ]))
    #expect(none == [0, 3, 6, 9, 12])
    let least = Self.list(
      policy, request,
      length: 8, DecodingConstraints(channels: ["ad": ChannelBounds(gap: 2, first: 1, minimum: 3)]))
    #expect(least.count { $0 % 3 == 1 } == 3)
    // Places count alike, so an eighth of the views is one place.
    let share = Self.list(
      policy, request, length: 8, DecodingConstraints(channels: ["ad": ChannelBounds(share: 0.13)]))
    #expect(share.count { $0 % 3 == 1 } <= 1)
  }

  /// For a fixed problem the price is a Lagrange multiplier: the views of a channel never rise with it.
  @Test(arguments: 0..<10 as Range<UInt64>) func aHigherPriceNeverBringsMoreInserts(seed: UInt64)
    throws
  {
    let policy = try Self.policy(seed: seed) { $0.referee = .none }
    let request = Self.request(policy, seed: seed)
    let counts = [-2.0, -0.3, -0.05, 0, 0.05, 0.3, 2].map { price in
      Self.list(
        policy, request, DecodingConstraints(channels: ["ad": ChannelBounds(price: price)])
      ).count { $0 % 3 == 1 }
    }
    #expect(counts == counts.sorted(by: >), "\(counts)")
    #expect(counts[0] == 3)
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func pinsBansAndRulesHold(seed: UInt64) throws {
    let policy = try Self.policy(seed: seed)
    let request = Self.request(policy, seed: seed)
    var stream = RandomStream(seed: seed, "mixed pins")
    let order = stream.permutation(15)
    let pins = [1: order[0], 4: order[1]]
    let bans: Set = [order[2], order[3]]
    let shops = (0..<15).map { _ in Float(stream.below(6)) }
    let rules = PlacementRules(
      [ListRule(group: "shop", atMost: 2, window: 4)], columns: [shops], candidates: 15, length: 8,
      pins: pins, bans: bans)
    let list = Self.list(
      policy, request, DecodingConstraints(pins: pins, bans: bans, rules: rules))
    #expect(list.count == 8 && Set(list).count == 8)
    #expect(list[1] == order[0] && list[4] == order[1])
    #expect(bans.isDisjoint(with: list))
    // Where any list keeps the rules, this one does.
    if rules.repaired(from: list).violations.isEmpty {
      #expect(rules.violations(of: list).isEmpty)
    }
  }

  @Test func aRuleOnAChannelsFlagIsPartOfThePlan() throws {
    let policy = try Self.policy { $0.channels[0].gap = 1 }
    let request = Self.request(policy, seed: 3)
    let rules = PlacementRules(
      [ListRule(flag: "is_ad", atMost: 1, window: 4)],
      columns: [(0..<15).map { $0 % 3 == 1 ? 1 : 0 }], candidates: 15, length: 8)
    let favoured = ["ad": ChannelBounds(price: -5)]
    let ads = { (list: [Int]) in list.indices.filter { list[$0] % 3 == 1 } }
    let free = ads(Self.list(policy, request, DecodingConstraints(channels: favoured)))
    let held = ads(
      Self.list(policy, request, DecodingConstraints(rules: rules, channels: favoured)))
    #expect(zip(free, free.dropFirst()).contains { $1 - $0 < 4 })
    #expect(zip(held, held.dropFirst()).allSatisfy { $1 - $0 >= 4 } && held.count == 2)
  }

  @Test func minimaThatCannotBeHadAreGivenUp() throws {
    let policy = try Self.policy { $0.channels[0].minimum = 3 }
    let request = Self.request(policy, seed: 5)
    let list = Self.list(
      policy, request, length: 5,
      DecodingConstraints(channels: ["ad": ChannelBounds(gap: 5, first: 5)]))
    #expect(list.count == 5 && list.count { $0 % 3 == 1 } <= 1)
  }

  /// Too few organic items: inserts stand where they must, and the list is whole all the same.
  @Test func aListIsAlwaysWhole() throws {
    let policy = try Self.policy()
    let request = Self.request(policy, seed: 6, candidates: 9)
    let list = Self.list(policy, request, length: 9)
    #expect(list.sorted() == Array(0..<9))
  }

  @Test(arguments: [MixedMethod.exact, .beam, .fixed, .threshold]) func everyMethodKeepsTheLimits(
    method: MixedMethod
  ) throws {
    for seed in 0..<5 as Range<UInt64> {
      let policy = try Self.policy(seed: seed) {
        $0.method = method
        $0.places = [2, 5, 7]
      }
      let list = Self.list(policy, Self.request(policy, seed: seed))
      let ads = list.indices.filter { list[$0] % 3 == 1 }
      #expect(list.count == 8 && Set(list).count == 8)
      #expect(zip(ads, ads.dropFirst()).allSatisfy { $1 - $0 >= 3 })
    }
  }

  @Test(
    arguments: [MixedValues.surroundings, .evaluators],
    [MixedReferee.none, .surroundings, .evaluators])
  func everyoneWhoIsAskedAnswers(values: MixedValues, referee: MixedReferee) throws {
    let policy = try Self.policy(seed: 2) {
      $0.values = values
      $0.referee = referee
    }
    #expect(policy.needsEvaluators == (values == .evaluators || referee == .evaluators))
    #expect(Self.list(policy, Self.request(policy, seed: 2)).count == 8)
  }

  @Test func channelsAreDemanded() {
    #expect(throws: MixedChannelsError.none) { try Self.policy { $0.channels = [] } }
  }

  @Test func requestsOfABatchDoNotTouchEachOther() throws {
    let policy = try Self.policy(seed: 7)
    let requests = (0..<4).map { Self.request(policy, seed: UInt64($0)) }
    let weights = policy.prepare([0.5, 0.5])
    let together = policy.lists(
      RequestBatch(requests), weights: requests.map { _ in weights }, lengths: [8, 5, 7, 8],
      constraints: nil)
    for (request, (length, list)) in zip(requests, zip([8, 5, 7, 8], together)) {
      let alone = policy.lists(
        RequestBatch([request]), weights: [weights], lengths: [length], constraints: nil)
      #expect(alone[0] == list)
    }
  }
}
