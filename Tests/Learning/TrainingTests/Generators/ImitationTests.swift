import Autodiff
import Features
import GeneratorModel
import ListPolicy
import Networks
import Tensors
import Testing
import TinyModels
import Training

@Suite struct ImitationTests {
  private let sessions = zip(
    tinyRequests(seed: 2, candidates: [5, 6, 4]), [[4, 0, 1], [5, 2], [3]]
  )
  .map {
    EncodedSession(
      request: $0, shown: $1.map { Int32($0) }, feedback: [$1.map { _ in 0 }], userKey: 0, time: 0)
  }

  /// With a hypernetwork that says nothing, w does not matter and the loss can be had by hand.
  @Test func theLossIsTheMeanLogProbabilityPerSlot() {
    var generator = tinyGenerator()
    generator.multiply("hyper.output", by: 0)
    let loss = step(generator).loss
    let lists = generator.lists(
      RequestBatch(sessions.map(\.request)),
      theta: sessions.map { _ in generator.finalLayers([1, 0, 0]) },
      lengths: sessions.map(\.shown.count),
      policy: .given(sessions.map { $0.shown.map { Int($0) } }))
    let means = lists.map { $0.logProbabilities.reduce(0, +) / Float($0.items.count) }
    #expect(abs(loss + Double(means.reduce(0, +) / 3)) < 1e-5)
  }

  @Test func stepsAlongTheGradientMakeLoggedListsMoreProbable() {
    var generator = tinyGenerator()
    var adam = Adam(Adam.Configuration(), parameters: generator.parameters)
    let before = step(generator).loss
    for _ in 0..<30 { adam.update(&generator.parameters, step(generator).gradients, rate: 0.01) }
    #expect(step(generator).loss < 0.6 * before)
  }

  private func step(_ generator: Generator) -> (gradients: ParameterGradients, loss: Double) {
    var settings = GeneratorTraining()
    settings.unknownRate = 0
    return Imitation(generator: generator, settings: settings, seed: 1)
      .step(sessions, step: 0, shards: 2, workers: Workers(1))
  }
}
