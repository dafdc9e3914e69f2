import EvaluatorModel
import Features
import Networks
import RandomStreams
import Tensors

/// One member on its way.
struct EvaluatorFit {
  var evaluator: Evaluator
  var best: Evaluator
  var bestLoss = Double.infinity
  var staleEpochs = 0
  var step = 0
  var adam: Adam
  var order: BatchOrder
  private let seed: UInt64
  private let unknownRate: Double

  /// - Parameter start: the ensemble whose member `index` it goes on from; nil to start anew.
  init(
    _ index: Int, context: RunContext, role: EvaluatorRole, data: PreparedData,
    start: EvaluatorEnsemble?
  ) {
    let configuration = context.configuration
    let settings = configuration.training.evaluator
    // Members differ in start values, in the order of their batches and in the fold they lack.
    var seeds = RandomStream(
      seed: context.seed, name: "\(role.member).member", step: UInt64(index))
    seed = seeds.next()
    evaluator = Evaluator(
      configuration.evaluator, layout: data.schema.layout, heads: data.heads,
      slots: configuration.evaluator.slots ?? data.longestList,
      stream: RandomStream(seed: seed, "evaluator.initial"))
    if let start { evaluator.parameters = start.members[index].parameters }
    best = evaluator
    var optimiser = Adam.Configuration()
    optimiser.decay = settings.decay
    adam = Adam(optimiser, parameters: evaluator.parameters)
    let folds = configuration.evaluator.ensemble
    order = BatchOrder(
      count: data.train.count, batch: min(settings.batch, data.train.count), seed: seed,
      leavingOut: folds > 1 ? .init(fold: index, folds: folds) : nil)
    unknownRate = settings.unknownRate
  }

  /// One step; returns its loss.
  mutating func advance(
    _ cache: SessionCache, settings: EvaluatorTraining, total: Int, shards: Int, workers: Workers
  ) throws -> Double {
    let sessions = try cache.sessions(at: order.indices(step: step))
    let (gradients, loss) = EvaluatorLoss(
      evaluator: evaluator, unknownRate: unknownRate, seed: seed
    ).step(sessions, step: step, shards: shards, workers: workers)
    adam.update(
      &evaluator.parameters, gradients, rate: settings.schedule.rate(step: step, of: total),
      workers: workers)
    step += 1
    return loss
  }

  /// Takes in the validation loss after an epoch.
  mutating func judge(_ loss: Double) {
    if loss < bestLoss {
      bestLoss = loss
      best = evaluator
      staleEpochs = 0
    } else {
      staleEpochs += 1
    }
  }
}
