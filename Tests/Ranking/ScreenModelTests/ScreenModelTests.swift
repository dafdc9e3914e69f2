import Autodiff
import EvaluatorModel
import Features
import ListPolicy
import ListSearch
import Networks
import Objectives
import RandomStreams
import ScreenModel
import Tensors
import Testing
import TinyModels

@Suite struct ScreenModelTests {
  static let heads = [
    EvaluatorHead(feedback: "click", kind: .binary),
    EvaluatorHead(feedback: "has_next", kind: .binary),
    EvaluatorHead(feedback: "dwell", kind: .number, unit: 5),
  ]
  static let objectives = ObjectiveSet(objectives: [
    Objective(
      name: "click", definition: .predicted(feedback: "click", .survival(next: "has_next"))),
    Objective(name: "cold", definition: .rule(.share(flag: "is_cold"))),
    Objective(name: "brands", definition: .rule(.distinct(group: "brand", window: nil))),
  ])

  static func configuration(_ change: (inout ScreenConfiguration) -> Void = { _ in })
    -> ScreenConfiguration
  {
    var c = ScreenConfiguration()
    c.scores = ["quality"]
    c.attention = 4
    c.cross = 3
    c.experts = 3
    c.expertWidth = 5
    c.tower = 4
    change(&c)
    return c
  }

  /// A model that has left its start.
  static func ranker(
    seed: UInt64 = 1, _ change: (inout ScreenConfiguration) -> Void = { _ in }
  ) throws -> ScreenRanker {
    var ranker = try untrained(seed: seed, change)
    var stream = RandomStream(seed: seed, "screen test")
    for i in ranker.parameters.values.indices
    where ranker.parameters.names[i].hasSuffix("output.weight") {
      for j in ranker.parameters.values[i].scalars.indices {
        ranker.parameters.values[i].scalars[j] = Float(stream.normal()) * 0.5
      }
    }
    return ranker
  }

  static func untrained(
    seed: UInt64 = 1, _ change: (inout ScreenConfiguration) -> Void = { _ in }
  ) throws -> ScreenRanker {
    try ScreenRanker(
      configuration(change), layout: tinyLayout(history: true), heads: heads,
      stream: RandomStream(seed: seed, "tiny screen"))
  }

  static func session(_ request: EncodedRequest, _ shown: [Int32]) -> EncodedSession {
    EncodedSession(
      request: request, shown: shown,
      feedback: heads.indices.map { h in shown.map { Float(($0 + Int32(h)) % 2) } }, userKey: 1,
      time: 0)
  }

  let requests = tinyRequests(seed: 4, candidates: [5, 7, 6], history: true)

  @Test func itStartsWithTheOrderOfTheScores() throws {
    let ranker = try Self.untrained()
    let tape = Tape(parameters: ranker.parameters.values, recording: false)
    let batch = RequestBatch(requests)
    let rows = (0..<batch.item.rows).map { Int32($0) }
    let raw = tape.value(
      ranker.outputs(
        ranker.prepared(batch, on: tape), rows: rows,
        places: rows.map { _ in ListPlace(behind: []) }, on: tape))
    for row in 0..<raw.rows {
      for head in 0..<3 { #expect(raw[row, head] == batch.item.numbers[2 * row]) }
    }
  }

  @Test(arguments: [Mixture.mmoe, .ple, .shared, .single]) func everyParameterIsUsed(
    mixture: Mixture
  ) throws {
    let ranker = try Self.ranker { $0.mixture = mixture }
    let sessions = requests.map { Self.session($0, [3, 0, 4]) }
    let check = ParameterGradientCheck(ranker.parameters) { tape in
      ranker.loss(sessions, of: 3, on: tape)
    }
    #expect(check.idle() == ["shares"])
  }

  /// Experts and gates, both attentions and the towers against central differences.
  /// A model that looks both ways is told what stands below, nothing else changes, and its attention over it
  /// has the right gradients.
  @Test func lookingBelow() throws {
    var ranker = try ScreenRanker(
      Self.configuration(), layout: tinyLayout(history: true), heads: Self.heads, looksBelow: true,
      stream: RandomStream(seed: 5, "tiny screen"))
    var stream = RandomStream(seed: 5, "below test")
    for i in ranker.parameters.values.indices
    where ranker.parameters.names[i].hasSuffix("output.weight") {
      for j in ranker.parameters.values[i].scalars.indices {
        ranker.parameters.values[i].scalars[j] = Float(stream.normal()) * 5
      }
    }
    ranker.parameters.hinge(
      ranker.parameters.names.filter {
        $0.hasSuffix("query.bias") || $0.hasSuffix("hidden.bias")
      }, level: 2, scale: 0.6)
    let model = ranker
    let batch = RequestBatch(requests)
    let rows: [Int32] = [1, 0, 3, 7]
    let list: [Int32] = [1, 0, 3]
    let places = (0..<3).map { model.place(at: $0, of: list) } + [ListPlace(behind: [5])]
    #expect(places[1] == ListPlace(slot: 1, above: [1], below: [3]))
    func raw(_ places: [ListPlace]) -> [Float] {
      let tape = Tape(parameters: model.parameters.values, recording: false)
      return tape.value(
        model.outputs(model.prepared(batch, on: tape), rows: rows, places: places, on: tape)
      ).scalars
    }
    var other = places
    other[1].below = [2]
    let changed = zip(raw(places), raw(other)).enumerated().filter { $0.element.0 != $0.element.1 }
    #expect(Set(changed.map { $0.offset / 3 }) == [1])
    let check = ParameterGradientCheck(ranker.parameters) { tape in
      model.outputs(model.prepared(batch, on: tape), rows: rows, places: places, on: tape)
    }
    let worst = check.directionalErrors().filter { $0.name.hasPrefix("below") }.worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
  }

  @Test(arguments: [Mixture.mmoe, .ple, .single]) func gradients(mixture: Mixture) throws {
    var ranker = try Self.ranker(seed: 7) { $0.mixture = mixture }
    ranker.parameters.hinge(
      ranker.parameters.names.filter {
        $0.hasSuffix("query.bias") || $0.hasSuffix("hidden.bias")
      }, level: 2, scale: 0.6)
    // What the attentions see is small beside the biases: let it count.
    for layer in ranker.lastLayers {
      for i in ranker.parameters[layer.weight].scalars.indices {
        ranker.parameters.values[layer.weight.position].scalars[i] *= 20
      }
    }
    let model = ranker
    let batch = RequestBatch(requests)
    let rows: [Int32] = [1, 0, 3, 7, 9, 6, 14, 12]
    let above: [[Int32]] = [[], [1], [1, 0], [5], [7, 5], [], [13], [14, 17]]
    let check = ParameterGradientCheck(ranker.parameters) { tape in
      model.outputs(
        model.prepared(batch, on: tape), rows: rows, places: above.map { ListPlace(behind: $0) },
        on: tape)
    }
    let worst = check.directionalErrors().filter { $0.name != "shares" }.worst
    #expect(
      worst.error < ParameterGradientCheck.directionalTolerance, "\(worst.name): \(worst.error)")
    let faulty = check.directionalErrors(fault: 1.05).filter { $0.name != "shares" }.worst
    #expect(faulty.error > ParameterGradientCheck.directionalTolerance)
  }

  @Test func theOrderOfCandidatesDoesNotMatter() throws {
    let ranker = try Self.ranker()
    let order = [3, 1, 4, 0, 2]
    let original = ranker.predictions([Self.session(requests[0], [1, 4, 0])])
    let moved = ranker.predictions([
      Self.session(requests[0].reordered(order), [1, 2, 3])
    ])
    for (a, b) in zip(original[0], moved[0]) { #expect(distance(a, b) < 1e-5) }
  }

  /// What was done to a watched item counts, what stands above counts, and nothing below does.
  @Test func itSeesWhatItShould() throws {
    let ranker = try Self.ranker()
    let base = ranker.predictions([Self.session(requests[0], [1, 4, 0])])[0]
    var other = requests[0]
    for kind in other.history.indices {
      for i in other.history[kind].action.numbers.indices {
        other.history[kind].action.numbers[i] += 1
      }
    }
    #expect(distance(base[0], ranker.predictions([Self.session(other, [1, 4, 0])])[0][0]) > 1e-4)
    let swapped = ranker.predictions([Self.session(requests[0], [2, 4, 3])])[0]
    #expect(distance(base[1], swapped[1]) > 1e-4)
    let below = ranker.predictions([Self.session(requests[0], [1, 4, 3])])[0]
    #expect(base[0] == below[0] && base[1] == below[1])
  }

  /// One request alone gives what it gives among others.
  @Test func otherRequestsOfABatchDoNotMatter() throws {
    let ranker = try Self.ranker()
    let sessions = requests.map { Self.session($0, [0, 2]) }
    let together = ranker.predictions(sessions)
    for (session, expected) in zip(sessions, together) {
      for (a, b) in zip(ranker.predictions([session])[0], expected) {
        #expect(distance(a, b) < 1e-6)
      }
    }
  }

  @Test func gatesUseAllOfTheirExperts() throws {
    let use = try Self.ranker().gateUse(requests.map { Self.session($0, [0, 1, 2]) })
    #expect(use.count == 3 && use.allSatisfy { $0.count == 3 })
    for head in use { #expect(abs(head.reduce(0, +) - 1) < 1e-5) }
    #expect(
      try Self.ranker { $0.mixture = .shared }.gateUse([Self.session(requests[0], [0])]).isEmpty)
  }

  @Test func aScoreThatIsNotThereIsNamed() {
    let error = #expect(throws: ScreenScoreError.self) {
      try Self.untrained { $0.scores = ["ctr"] }
    }
    #expect(error?.score == "ctr" && error?.numbers == ["quality", "age"])
  }
}

@Suite struct ScreenPolicyTests {
  private func policy(
    _ change: (inout ScreenConfiguration) -> Void = { _ in }
  ) throws -> ScreenPolicy {
    var policy = try ScreenPolicy(
      ScreenModelTests.configuration(change), layout: tinyLayout(history: true),
      objectives: ScreenModelTests.objectives, heads: ScreenModelTests.heads,
      stream: RandomStream(seed: 1, "tiny screen"))
    policy.ranker = try ScreenModelTests.ranker(change)
    return policy
  }

  private let requests = tinyRequests(seed: 4, candidates: [5, 5], history: true)

  /// The reward of a list by the model's own word, slot by slot.
  private func reward(
    _ policy: ScreenPolicy, _ request: EncodedRequest, _ list: [Int], _ w: [Float]
  )
    -> Float
  {
    let predicted = policy.ranker.predictions([
      ScreenModelTests.session(request, list.map { Int32($0) })
    ])[0]
    let objectives = ScreenModelTests.objectives
    let kinds = objectives.feedback.map { kind in
      policy.ranker.feedback.firstIndex(of: kind) ?? 0
    }
    return objectives.reward(
      objectives.utilities(
        of: list, columns: request.columns,
        predictions: kinds.map { head in predicted.map { $0[head] } }), weights: w)
  }

  @Test(arguments: tinyWeights(seed: 3, count: 4)) func aWideBeamFindsTheBestList(w: [Float]) throws
  {
    let policy = try policy()
    let found = policy.searches(
      RequestBatch(requests), weights: [policy.prepare(w), policy.prepare(w)], lengths: [3, 3],
      beam: { AdaptiveBeam(width: 500, decided: $0) })
    for (request, outcome) in zip(requests, found) {
      let best =
        allLists(candidates: 5, length: 3).map { reward(policy, request, $0, w) }.max() ?? 0
      #expect(abs(Float(outcome.score) - best) < 1e-4)
      #expect(abs(reward(policy, request, outcome.items, w) - best) < 1e-4)
    }
  }

  /// Also where the search need not know but the first place.
  @Test(arguments: [0, 1], [0, 1, 2]) func constraintsHold(decided: Int, slot: Int) throws {
    let policy = try policy { $0.beam.decided = decided }
    let constraints = DecodingConstraints(pins: [slot: 4], bans: [0])
    let lists = policy.lists(
      RequestBatch(requests),
      weights: [policy.prepare([0.5, 0.2, 0.3]), policy.prepare([1, 0, 0])],
      lengths: [4, 3], constraints: [constraints, constraints])
    for list in lists {
      #expect(list.items[slot] == 4 && !list.items.contains(0))
      #expect(Set(list.items).count == list.items.count)
    }
    #expect(lists.map(\.items.count) == [4, 3])
  }

  @Test func aWiderBeamIsNoWorse() throws {
    let policy = try policy()
    let w: [Float] = [0.6, 0.1, 0.3]
    let scores = [1, 2, 4, 60].map { width in
      policy.searches(
        RequestBatch([requests[0]]), weights: [policy.prepare(w)], lengths: [4],
        beam: { AdaptiveBeam(width: width, decided: $0) })[0].score
    }
    #expect(scores[3] >= scores[0] - 1e-6 && scores[3] >= scores[1] - 1e-6)
  }
}
