import Autodiff
import Features
import GeneratorModel
import ListPolicy
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

@Suite struct DecodingTests {
  /// The candidates are a set: whoever hands them over in another order gets the same list. An
  /// initial order that leaked in would show here.
  @Test(arguments: seeds)
  func permutingTheCandidatesPermutesTheList(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [7])[0]
    let w = tinyWeights(seed: seed, count: 1)
    var stream = RandomStream(seed: seed, "orders")
    let list = generator.lists([request], weights: w, lengths: [5])[0]
    for _ in 0..<5 {
      let order = stream.permutation(7)
      let moved = generator.lists([request.reordered(order)], weights: w, lengths: [5])[0]
      #expect(moved.items.map { order[$0] } == list.items)
      #expect(distance(moved.logProbabilities, list.logProbabilities) < 1e-4)
    }
  }

  /// Requests of other sizes with other weights beside it, greedily and by chance.
  @Test(arguments: seeds)
  func otherRequestsOfTheBatchDoNotMatter(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let candidates = [6, 3, 9, 2]
    let requests = tinyRequests(seed: seed, candidates: candidates)
    let weights = tinyWeights(seed: seed, count: 4)
    let lengths = [4, 3, 2, 1]
    let policies =
      [
        { _ in DecodingPolicy.greedy }, { .sample(seed: 9, step: 2, firstRequest: $0) },
      ] as [(Int) -> DecodingPolicy]
    for policy in policies {
      let together = generator.lists(
        requests, weights: weights, lengths: lengths, policy: policy(0))
      for b in requests.indices {
        let alone = generator.lists(
          [requests[b]], weights: [weights[b]], lengths: [lengths[b]], policy: policy(b))[0]
        // To the bit: no sum depends on what is computed beside it.
        #expect(together[b] == alone)
      }
    }
  }

  /// With one list the recurrent unit's inputs are made pick by pick, with eight candidate by
  /// candidate.
  @Test(arguments: seeds)
  func howManyListsAreScoredTogetherChangesNoBit(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let batch = RequestBatch(tinyRequests(seed: seed, candidates: [9, 7]))
    let w = tinyWeights(seed: seed, count: 2)
    let given = [[4, 0, 8, 2], [6, 5, 1, 3]]
    let steps = [1, 8].map { k -> [[Float]] in
      let tape = Tape(parameters: generator.parameters.values)
      let lists = given.flatMap { list in (0..<k).map { _ in list } }
      let steps = generator.decode(
        batch, theta: generator.finalLayers(w, on: tape), lengths: [4, 4], lists: k,
        policy: .given(lists), on: tape
      ).steps
      return steps.map { step in
        [0, k].flatMap { Array(tape.value(step).row($0)) }
      }
    }
    #expect(steps[0] == steps[1])
  }

  @Test(arguments: [1, 2, 5, 30])
  func aListMayTakeEveryCandidate(candidates: Int) {
    let generator = tinyGenerator()
    let request = tinyRequests(seed: 1, candidates: [candidates])[0]
    let list = generator.lists(
      [request], weights: tinyWeights(seed: 1, count: 1), lengths: [candidates])[0]
    #expect(list.items.sorted() == Array(0..<candidates))
    // The last item is all that is left.
    #expect(list.logProbabilities.last == 0)
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func pinsAndBansAreAlwaysKept(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    var stream = RandomStream(seed: seed, "constraints")
    let cases = (0..<6).map { _ in ConstrainedCase(&stream) }
    let requests = tinyRequests(seed: seed, candidates: cases.map(\.candidates))
    let weights = tinyWeights(seed: seed, count: cases.count)
    for policy in [.greedy, .sample(seed: seed, step: 0, firstRequest: 0)] as [DecodingPolicy] {
      let lists = generator.lists(
        requests, weights: weights, lengths: cases.map(\.length),
        constraints: cases.map(\.constraints), policy: policy)
      for (list, wanted) in zip(lists, cases) {
        #expect(wanted.fault(of: list.items) == nil)
        #expect(list.logProbabilities.count == list.items.count)
        #expect(list.logProbabilities.allSatisfy { $0 <= 0 && $0.isFinite })
      }
    }
  }

  @Test(arguments: seeds)
  func theReportedLogProbabilitiesAreThoseOfTheScoredList(seed: UInt64) {
    let generator = tinyGenerator(seed: seed)
    let requests = tinyRequests(seed: seed, candidates: [5, 7])
    let weights = tinyWeights(seed: seed, count: 2)
    let constraints = [DecodingConstraints(pins: [1: 3], bans: [0]), .none]
    let drawn = generator.lists(
      requests, weights: weights, lengths: [3, 4], constraints: constraints,
      policy: .sample(seed: seed, step: 1, firstRequest: 0))
    let scored = generator.lists(
      requests, weights: weights, lengths: [3, 4], constraints: constraints,
      policy: .given(drawn.map(\.items)))
    for (drawn, scored) in zip(drawn, scored) {
      #expect(drawn.items == scored.items)
      #expect(distance(drawn.logProbabilities, scored.logProbabilities) < 1e-6)
    }
    // What is pinned has no choice about it.
    #expect(drawn[0].items[1] == 3 && drawn[0].logProbabilities[1] == 0)
  }

  /// One request with K lists is K requests with one.
  @Test func theListsOfARequestShareNothingButItsEncoding() {
    let generator = tinyGenerator()
    let request = tinyRequests(seed: 3, candidates: [5])[0]
    let w = tinyWeights(seed: 3, count: 1)[0]
    let lists = [[0, 3, 2], [4, 1, 0], [0, 3, 1]]
    let together = generator.logProbabilities(of: lists, request, weights: w)
    let alone = lists.map { generator.logProbabilities(of: [$0], request, weights: w)[0] }
    #expect(distance(together, alone) < 1e-5)
  }

  /// A policy gone to NaN still writes whole lists, for training to see that it is sick.
  @Test func aPolicyThatIsNotANumberStillFillsItsLists() {
    var generator = tinyGenerator()
    generator.multiply("theta", by: .nan)
    let request = tinyRequests(seed: 3, candidates: [5])[0]
    let constraints = [DecodingConstraints(pins: [1: 0], bans: [2])]
    for policy in [.greedy, .sample(seed: 1, step: 0, firstRequest: 0)] as [DecodingPolicy] {
      let list = generator.lists(
        [request], weights: [[1, 0, 0]], lengths: [4], constraints: constraints, policy: policy)[0]
      #expect(Set(list.items) == [0, 1, 3, 4] && list.items[1] == 0)
    }
  }
}

/// A request's size, its list's length and random pins and bans that leave room for it.
private struct ConstrainedCase {
  let candidates: Int
  let length: Int
  let constraints: DecodingConstraints

  init(_ stream: inout RandomStream) {
    candidates = 1 + stream.below(9)
    let order = stream.permutation(candidates)
    let bans = stream.below(candidates)
    length = 1 + stream.below(candidates - bans)
    let slots = stream.permutation(length).prefix(stream.below(length + 1))
    let pins = zip(slots, order.dropFirst(bans)).map { ($0, $1) }
    constraints = DecodingConstraints(
      pins: Dictionary(uniqueKeysWithValues: pins), bans: Set(order.prefix(bans)))
  }

  /// What the list does not keep.
  func fault(of list: [Int]) -> String? {
    if list.count != length { return "\(list.count) items instead of \(length)" }
    if Set(list).count != length || !list.allSatisfy({ (0..<candidates).contains($0) }) {
      return "\(list) are not distinct candidates"
    }
    if !constraints.pins.allSatisfy({ list[$0.key] == $0.value }) {
      return "\(list) breaks the pins \(constraints.pins)"
    }
    return constraints.bans.isDisjoint(with: list) ? nil : "\(list) has one of \(constraints.bans)"
  }
}
