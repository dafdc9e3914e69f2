import EvaluatorModel
import Features
import RandomStreams
import Testing
import TinyModels

private let seeds = 1...5 as ClosedRange<UInt64>

@Suite struct EvaluatorTests {
  /// Longer and shorter lists, other requests and other lists of the same request beside it.
  @Test(arguments: seeds)
  func aPredictionDoesNotDependOnTheRestOfTheBatch(seed: UInt64) {
    let evaluator = tinyEvaluator(seed: seed)
    let requests = tinyRequests(seed: seed, candidates: [5, 3, 7, 4])
    let lists = ListBatch(
      requests: [2, 0, 1, 2, 3, 0],
      lists: [[6, 0, 3, 1], [2], [1, 0, 2], [5, 2], [3, 1], [4, 0, 1]])
    let together = evaluator.predict(RequestBatch(requests), lists)
    for (l, list) in lists.lists.enumerated() {
      let alone = evaluator.predict(requests[lists.requests[l]], list)
      #expect(alone.map(\.count) == [list.count, list.count])
      #expect(distance(together[l], alone) < 1e-5)
    }
  }

  /// What stands in slots past a list's end is never looked at: here it would be the items of a
  /// longer list, of which only the first two are asked for.
  @Test(arguments: seeds)
  func slotsPastAListsEndDoNotCount(seed: UInt64) {
    let evaluator = tinyEvaluator(seed: seed, slots: 6)
    let request = tinyRequests(seed: seed, candidates: [6])[0]
    let short = [4, 1]
    let batch = RequestBatch([request])
    let lists = [short, short + [0, 2, 3, 5], short + [3]]
    let all = evaluator.predict(batch, ListBatch(requests: [0, 0, 0], lists: lists))
    #expect(distance(all[0], evaluator.predict(request, short)) < 1e-5)
    // Control: the longer lists are other lists, and the whole list matters for every slot.
    #expect(distance(all[1].map { Array($0.prefix(2)) }, all[0]) > 1e-4)
  }

  @Test(arguments: seeds)
  func aListLongerThanTheSlotsIsCutOff(seed: UInt64) {
    let evaluator = tinyEvaluator(seed: seed, slots: 3)
    let request = tinyRequests(seed: seed, candidates: [5])[0]
    let cut = evaluator.predict(request, [4, 2, 0, 1, 3])
    #expect(cut.map(\.count) == [3, 3])
    #expect(distance(cut, evaluator.predict(request, [4, 2, 0])) < 1e-6)
  }

  @Test(arguments: seeds)
  func theOrderOfTheCandidatesDoesNotMatter(seed: UInt64) {
    let evaluator = tinyEvaluator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [6])[0]
    var stream = RandomStream(seed: seed, "orders")
    let order = stream.permutation(6)
    let list = Array(stream.permutation(6).prefix(4))
    let places = list.compactMap { order.firstIndex(of: $0) }
    let moved = evaluator.predict(request.reordered(order), places)
    #expect(distance(moved, evaluator.predict(request, list)) < 1e-5)
  }

  @Test(arguments: seeds)
  func theOrderOfTheListMatters(seed: UInt64) {
    let evaluator = tinyEvaluator(seed: seed)
    let request = tinyRequests(seed: seed, candidates: [6])[0]
    let forwards = evaluator.predict(request, [0, 1, 2, 3])
    let backwards = evaluator.predict(request, [3, 2, 1, 0])
    // Not just the same predictions in the other order.
    #expect(distance(forwards, backwards.map { $0.reversed() }) > 1e-4)
  }

  /// Items that differ in nothing but their shop: what stands above changes what is expected.
  @Test func anItemOfTheSameShopAboveIsSeen() {
    let evaluator = tinyEvaluator()
    var request = tinyRequests(seed: 1, candidates: [3])[0]
    request.item = request.item.selecting([0, 0, 0])
    request.item.indices = [2, 2, 2]
    let same = evaluator.predict(request, [0, 1, 2])
    // Shop 0 stands for unknown values, which have nothing in common.
    request.item.indices = [0, 0, 0]
    #expect(distance(same, evaluator.predict(request, [0, 1, 2])) > 1e-4)
  }

  @Test func probabilitiesAreProbabilitiesAndNumbersHaveTheirUnit() {
    let evaluator = tinyEvaluator()
    let request = tinyRequests(seed: 2, candidates: [4])[0]
    let one = evaluator.predict(request, [0, 1, 2, 3])
    #expect(one[0].allSatisfy { $0 > 0 && $0 < 1 })
    let unit = tinyEvaluator(dwellUnit: 10)
    let dwell = unit.predict(request, [0, 1, 2, 3])[1]
    #expect(TinyModels.distance(dwell, one[1].map { 2 * $0 }) < 1e-5)
  }
}
