import EvaluatorModel
import Features
import GeneratorModel
import Networks
import Objectives
import RandomStreams
import Sessions
import Tensors
import Training
import WorldTruth
import Worlds

extension [EncodedSession] {
  /// The expected feedback by the world's truth, for batches of these sessions.
  ///
  /// Training turns a few categories into unknown ones, so a request is known again by its numbers.
  func truth(
    of sessions: [Session], in world: any World, _ objectives: ObjectiveSet
  ) -> @Sendable (RequestBatch, ListBatch) -> [[[Float]]] {
    let keys = map { RequestBatch([$0.request]).key(0) }
    let laws = Dictionary(
      zip(keys, sessions.map { world.truth(for: $0.request) as any ListTruth })
    ) { first, _ in first }
    return { batch, lists in
      let keys = (0..<batch.requestCount).map { batch.key($0) }
      return lists.lists.enumerated().map { l, list in
        guard let law = laws[keys[lists.requests[l]]] else {
          preconditionFailure("a request that is none of the sessions'")
        }
        let expected = law.expectedFeedback(of: list)
        return objectives.feedback.map { expected[$0] ?? [] }
      }
    }
  }
}

extension RequestBatch {
  /// A hash of the numbers of request b.
  fileprivate func key(_ b: Int) -> Int {
    var hasher = Hasher()
    for (side, rows) in [(item, offsets[b]..<offsets[b + 1]), (user, b..<b + 1)] where side.rows > 0
    {
      let width = side.numbers.count / side.rows
      hasher.combine(
        side.numbers[rows.lowerBound * width..<rows.upperBound * width].map(\.bitPattern))
    }
    return hasher.finalize()
  }
}

extension Generator {
  /// A new generator after some steps of REINFORCE, as a run takes them but for judge and checkpoints.
  static func trained(
    _ configuration: GeneratorConfiguration, on sessions: [EncodedSession],
    _ utilities: UtilityModel, _ layout: FeatureLayout, _ settings: GeneratorTraining, steps: Int,
    workers: Workers
  ) -> Generator {
    var model = Generator(
      configuration, layout: layout, objectives: utilities.objectives,
      reference: ReferencePolicy(utilities.evaluators, objectives: utilities.objectives),
      stream: RandomStream(seed: 1, "gap.generator"))
    var adam = Adam(Adam.Configuration(), parameters: model.parameters)
    let schedule = LearningRate(
      peak: settings.learningRate, warmup: settings.warmup, floor: 0.1)
    var squares: Double?
    for step in 0..<steps {
      var stream = RandomStream(seed: 1, "gap.order", step: UInt64(step))
      let batch = (0..<settings.batch).map { _ in sessions[stream.below(sessions.count)] }
      let (gradients, sums) = PolicyGradient(
        generator: model, utilities: utilities, settings: settings, seed: 1,
        scale: squares.map { Float(max($0, 1e-12).squareRoot()) } ?? 1
      ).step(batch, step: step, shards: 4, workers: workers)
      adam.update(
        &model.parameters, gradients, rate: schedule.rate(step: step, of: steps),
        workers: workers)
      let own = sums.squares / sums.requests
      squares = squares.map { 0.95 * $0 + 0.05 * own } ?? own
    }
    return model
  }
}
