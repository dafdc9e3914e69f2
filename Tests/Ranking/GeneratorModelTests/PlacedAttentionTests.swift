import Features
import GeneratorModel
import ListPolicy
import Networks
import RandomStreams
import Tensors
import Testing
import TinyModels

/// What is placed is looked at by each candidate.
@Suite struct PlacedAttentionTests {
  private func generator(seed: UInt64 = 1, isTrained: Bool = true) -> Generator {
    var generator = tinyGenerator(seed: seed, placedAttention: 3)
    guard isTrained else { return generator }
    var stream = RandomStream(seed: seed, "placed values")
    for i in generator.parameters.names.indices
    where generator.parameters.names[i] == "placed.value.weight" {
      for j in generator.parameters.values[i].scalars.indices {
        generator.parameters.values[i].scalars[j] = 3 * Float(stream.normal())
      }
    }
    return generator
  }

  private func logs(_ lists: [[Int]], _ request: EncodedRequest, _ generator: Generator)
    -> [[Float]]
  {
    generator.logProbabilities(
      of: lists, RequestBatch([request]), weights: generator.prepare([0.5, 0.3, 0.2]),
      constraints: .none)
  }

  @Test func untrainedItChangesNothing() {
    let request = tinyRequests(seed: 6, candidates: [6])[0]
    let lists = [[0, 3, 5], [2, 1, 4]]
    #expect(
      logs(lists, request, generator(isTrained: false)) == logs(lists, request, tinyGenerator()))
  }

  /// The first pick sees nothing above it; the later ones do.
  @Test func onlyWhatIsPlacedCounts() {
    let request = tinyRequests(seed: 6, candidates: [6])[0]
    let (with, without) = (
      logs([[0, 3, 5]], request, generator())[0], logs([[0, 3, 5]], request, tinyGenerator())[0]
    )
    #expect(with[0] == without[0])
    #expect(abs(with[1] - without[1]) > 1e-4 && abs(with[2] - without[2]) > 1e-4)
  }

  @Test func theOrderOfCandidatesDoesNotCount() {
    let request = tinyRequests(seed: 8, candidates: [5])[0]
    let own = logs([[1, 4, 0]], request, generator())[0]
    // Item 1 stands at place 3 of the new order, and so on.
    let turned = logs([[1, 2, 3]], request.reordered([3, 1, 4, 0, 2]), generator())[0]
    #expect(distance(own, turned) < 1e-5)
  }

  /// By hand: a softmax over what is placed and a 0 for nothing.
  @Test func itIsASoftmaxOverWhatIsPlacedAndNothing() {
    let shape = PlacedShape(PointerShape(offsets: [0, 2, 5], lists: 1, attention: 16, local: 0))
    #expect(shape.pairOffsets == [0, 4, 13])
    let logits: [Float] = [0, 0, 0, 0] + [0, 0, 0, 1, 2, 3, 0, 0, 0]
    let gains: [Float] = [1, 1, 1, 1] + [0, 0, 0, 10, 20, 30, 0, 0, 6]
    let scores = placedAttention(shape, logits: logits, gains: gains, lists: [[], [0, 2]])
    let parts: [Float] = [2.7182817, 20.085537]
    #expect(scores[..<2] == [0, 0] && scores[2] == 0)
    #expect(abs(scores[3] - (10 * parts[0] + 30 * parts[1]) / (1 + parts[0] + parts[1])) < 1e-4)
    #expect(abs(scores[4] - 2) < 1e-5)
  }
}
