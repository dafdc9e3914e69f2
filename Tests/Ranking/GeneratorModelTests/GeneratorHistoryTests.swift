import Features
import GeneratorModel
import ListPolicy
import Testing
import TinyModels

@Suite struct GeneratorHistoryTests {
  private func logs(_ request: EncodedRequest, _ generator: Generator) -> [Float] {
    let w = generator.prepare([1, 0, 0])
    return generator.lists(
      RequestBatch([request]), weights: [w], lengths: [4], constraints: nil)[0].logProbabilities
  }

  @Test func whatWasDoneMovesTheLists() {
    let generator = tinyGenerator(history: true)
    let requests = tinyRequests(seed: 6, candidates: [6, 6], history: true)
    var other = requests[0]
    other.history = requests[1].history
    #expect(requests[0].history != other.history)
    #expect(distance(logs(requests[0], generator), logs(other, generator)) > 1e-6)
  }

  @Test func theOrderOfCandidatesDoesNotCount() {
    let generator = tinyGenerator(history: true)
    let request = tinyRequests(seed: 8, candidates: [5], history: true)[0]
    let own = logs(request, generator)
    let turned = logs(request.reordered([3, 1, 4, 0, 2]), generator)
    #expect(distance(own, turned) < 1e-5)
  }
}
