import Baselines
import Features
import Foundation
import PointwiseModel
import Tensors
import Testing
import TinyModels
import Training

@Suite struct FittingTests {
  @Test func defaultsAreSound() {
    #expect(PointwiseConfiguration().validate() == [])
    #expect(TransformerConfiguration().validate() == [])
    #expect(Seq2SlateConfiguration().validate() == [])
    #expect(SupervisedPointerConfiguration().validate() == [])
  }

  @Test func everyFaultIsReported() {
    var configuration = TransformerConfiguration()
    configuration.heads = 5
    configuration.fitting.learningRate = .nan
    configuration.fitting.unknownRate = 2
    let faults = configuration.validate()
    #expect(faults.count == 3)
    #expect(faults.contains { $0.hasPrefix("encoder.width: expected a multiple of heads (5)") })
  }

  @Test func aFileHoldsOnlyWhatDiffers() throws {
    let text = #"{"head_hidden": 7, "fitting": {"steps": 3}}"#
    var expected = PointwiseConfiguration()
    expected.headHidden = 7
    var read = try JSONDecoder().decode(PointwiseConfiguration.self, from: Data(text.utf8))
    #expect(read.headHidden == 7 && read.fitting.steps == 3)
    read.fitting = expected.fitting
    #expect(read == expected)
    let again = try JSONDecoder().decode(
      PointwiseConfiguration.self, from: JSONEncoder().encode(expected))
    #expect(again == expected)
  }

  @Test func aBadConfigurationIsRefused() throws {
    try PlantedLog(seed: 1, count: 3).withCache { cache in
      var configuration = PointwiseConfiguration()
      configuration.fitting.steps = 0
      #expect(
        throws: FittingError.configuration([
          "pointwise.fitting.steps: expected a whole number of at least 1, got 0"
        ])
      ) {
        try fit(cache, configuration)
      }
    }
  }

  @Test func aCacheWithoutSessionsIsRefused() throws {
    try PlantedLog(seed: 1, count: 0).withCache { cache in
      #expect(throws: FittingError.noSessions(path: cache.path)) {
        try fit(cache, PointwiseConfiguration())
      }
    }
  }

  @Test func aDivergedFitIsNoticed() throws {
    try PlantedLog(seed: 1, count: 50).withCache { cache in
      var configuration = PointwiseConfiguration()
      configuration.fitting.learningRate = 1e30
      configuration.fitting.warmup = 0
      configuration.fitting.steps = 20
      #expect(throws: FittingError.self) { try fit(cache, configuration) }
    }
  }

  @Test func progressTellsEveryStep() throws {
    try PlantedLog(seed: 1, count: 30).withCache { cache in
      var configuration = PointwiseConfiguration()
      configuration.fitting = .brief(steps: 5)
      var steps: [Int] = []
      _ = try PointwiseRanker.fit(
        cache, layout: tinyLayout(), heads: PlantedLog.heads, configuration: configuration,
        seed: 1, workers: Workers(1)
      ) { step, loss in
        steps.append(step)
        #expect(loss > 0)
      }
      #expect(steps == [0, 1, 2, 3, 4])
    }
  }

  private func fit(
    _ cache: SessionCache, _ configuration: PointwiseConfiguration
  ) throws -> PointwiseRanker {
    try PointwiseRanker.fit(
      cache, layout: tinyLayout(), heads: PlantedLog.heads, configuration: configuration, seed: 1,
      workers: Workers(1))
  }
}
