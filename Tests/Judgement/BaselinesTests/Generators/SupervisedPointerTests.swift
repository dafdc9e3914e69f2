import Baselines
import Features
import GeneratorModel
import Networks
import Objectives
import OfflineEvaluation
import PointwiseModel
import Tensors
import Testing
import TinyModels
import Training

@Suite struct SupervisedPointerTests {
  /// The teacher's reward: 0 for shuffled lists, 1 for the teacher's own.
  @Test func itLearnsTheTeachersLists() throws {
    let heldOut = MethodRequests(PlantedLog(seed: 2, count: 200).sessions, firstRequest: 0)
    try PlantedLog(seed: 1, count: 2000).withCache { cache in
      let pointer = try fit(cache, steps: 250)
      for weights in [[1, 0, 0], [0, 1, 0], [0.4, 0.3, 0.3]] as [[Float]] {
        let (own, teacher, shuffled) = (
          reward(pointer, heldOut, weights),
          reward(SteeredGreedy(FixedScorer(), objectives: tinyObjectives), heldOut, weights),
          reward(ShuffledLists(seed: 3), heldOut, weights)
        )
        #expect((own - shuffled) / (teacher - shuffled) > 0.7, "at \(weights)")
      }
    }
  }

  @Test func anyNumberOfWorkersGivesTheSameParameters() throws {
    try PlantedLog(seed: 1, count: 100).withCache { cache in
      let one = try fit(cache, steps: 4, workers: 1)
      let three = try fit(cache, steps: 4, workers: 3)
      #expect(one.generator.parameters.values == three.generator.parameters.values)
    }
  }

  private func reward(
    _ method: any ListMethod, _ requests: MethodRequests, _ weights: [Float]
  ) -> Float {
    let values = FixedScorer().values(requests.batch)
    return method.lists(for: requests, weights: weights).enumerated().reduce(0) { sum, list in
      sum
        + tinyObjectives.reward(
          tinyObjectives.utilities(
            of: list.element, columns: requests.batch.columns[list.offset],
            predictions: [list.element.map { values[list.offset][0][$0] }]),
          weights: weights)
    }
  }

  private func fit(
    _ cache: SessionCache, steps: Int, workers: Int = 2
  ) throws -> SupervisedPointer {
    var configuration = SupervisedPointerConfiguration()
    configuration.generator.itemHidden = 24
    configuration.generator.itemWidth = 16
    configuration.generator.fitWidth = 4
    configuration.generator.state = 16
    configuration.generator.attention = 32
    configuration.generator.hyperHidden = 24
    configuration.fitting = .brief(steps: steps)
    configuration.fitting.decay = 0
    return try SupervisedPointer.fit(
      cache, layout: tinyLayout(), objectives: tinyObjectives, teacher: FixedScorer(),
      configuration: configuration, seed: 1, workers: Workers(workers))
  }
}
