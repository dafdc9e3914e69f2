import Features
import GeneratorModel
import ListPolicy
import Testing
import TinyModels

/// Decoding that is told to stop.
@Suite struct InterruptionTests {
  private let generator = tinyGenerator(seed: 4)
  private let batch = RequestBatch([tinyRequests(seed: 4, candidates: [8])[0]])
  private let prepared: PreparedWeights

  init() {
    prepared = generator.prepare(tinyWeights(seed: 4, count: 1)[0])
  }

  /// Lists of length 6 by each way of decoding, where `isOver` is true from the call `slots` on.
  private func lists(slots: Int) -> [[DecodedList]] {
    func countdown() -> () -> Bool {
      var calls = 0
      return {
        calls += 1
        return calls > slots
      }
    }
    return [
      generator.lists(
        batch, weights: [prepared], lengths: [6], constraints: nil, isOver: countdown()),
      generator.draws(
        batch, weights: prepared, length: 6, lists: 4, constraints: .none, seed: 1,
        isOver: countdown()),
      generator.beam(
        batch, weights: prepared, length: 6, width: 4, constraints: .none, isOver: countdown()),
    ]
  }

  @Test(arguments: 0...3)
  func decodingStopsAtTheSlotBeforeWhichItIsTold(slots: Int) {
    for lists in lists(slots: slots) {
      #expect(!lists.isEmpty)
      for list in lists {
        #expect(list.items.count == slots && list.logProbabilities.count == slots)
      }
    }
  }

  @Test func whatStandsAboveIsTheStartOfTheWholeList() {
    for (whole, part) in zip(lists(slots: 6).prefix(2), lists(slots: 3)) {
      #expect(part.map(\.items) == whole.map { Array($0.items.prefix(3)) })
    }
  }
}
