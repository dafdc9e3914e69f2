import Features
import Foundation
import GeneratorModel
import Serving
import Testing

@Suite(.serialized, .enabled(if: AllocationCount.isHeld)) struct RequestAllocationTests {
  @Test func aRequestWithThetaStaysWithinItsLimit() {
    let models = CountedModels()
    let batch = RequestBatch([models.sessions[0].request])
    let theta = models.generator.finalLayers(CountedModels.weights)
    AllocationCount.ofWarm {
      _ = models.generator.lists(batch, theta: [theta], lengths: [CountedModels.length])
    }.expectWithin(AllocationLimits.requestWithTheta, "A request with theta given")
  }

  @Test func aRequestMakingThetaStaysWithinItsLimit() {
    let models = CountedModels()
    let batch = RequestBatch([models.sessions[0].request])
    AllocationCount.ofWarm {
      _ = models.generator.lists(
        batch, theta: [models.generator.finalLayers(CountedModels.weights)],
        lengths: [CountedModels.length])
    }.expectWithin(AllocationLimits.requestMakingTheta, "A request with theta made anew")
  }

  /// From the body's bytes to the answer's, with weights that were asked for before.
  @Test func anAnswerStaysWithinItsLimit() throws {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let ranker = try Ranker(
      checkpoint: root.appendingPathComponent("checkpoints/quickstart").path)
    let body = Array(
      try Data(contentsOf: root.appendingPathComponent("data/feed/click.json")))
    let answer = try ranker.answering()
    try AllocationCount.ofWarm { _ = try answer(body) }
      .expectWithin(AllocationLimits.answer, "An answer")
  }
}
