import EvaluatorModel
import Features
import Foundation
import Networks
import RandomStreams
import Tensors

/// One member on its way: first the model of slots and numbers, then, each from there, models with
/// more and more corrections. A larger one takes the place of a smaller one only where its loss on
/// held-out sessions is clearly lower.
///
/// A larger one does not go on from the smaller one's parameters: more passes over the same sessions
/// teach tables of categories by heart.
struct EvaluatorFit {
  var evaluator: Evaluator
  /// Best of this rung, the rung's start included.
  var best: Evaluator
  var bestLoss = Double.infinity
  /// What was accepted before this rung.
  var accepted: Evaluator
  /// The model of slots and numbers, where all others start.
  var foundation: Evaluator
  /// How many rungs of the ladder are on; the last one trains the whole.
  var rung: Int
  var staleEpochs = 0
  /// Steps of this rung, and of all rungs.
  var step = 0
  var steps = 0
  var adam: Adam
  var order: BatchOrder
  /// Training sessions that this member does not see, beside the validation sessions: on a small
  /// log the validation part alone cannot tell one model from another.
  let heldOut: [Int]
  private let seed: UInt64
  private let settings: EvaluatorTraining

  /// The corrections that each rung after the start adds.
  let ladder: [[EvaluatorCorrection]]
  var rungs: Int { ladder.count }

  /// A history has a rung of its own: on small logs it only adds noise, and must not come in with what
  /// is worth having.
  private static func ladder(withHistory: Bool) -> [[EvaluatorCorrection]] {
    [[.linear], [.fit, .encoded, .relations]] + (withHistory ? [[.behaviours]] : []) + [[.channels]]
  }
  /// Validation sessions that are enough by themselves.
  private static let enough = 2000

  /// - Parameters:
  ///   - heads: the data's, with how slots count for them.
  ///   - slotMeans: of the training sessions, `[head][slot]`; where slots start.
  ///   - start: the ensemble whose member `index` it goes on from; nil to start anew.
  init(
    _ index: Int, context: RunContext, role: EvaluatorRole, data: PreparedData,
    heads: [EvaluatorHead], slotMeans: [[Double]], start: EvaluatorEnsemble?
  ) {
    let configuration = context.configuration
    settings = configuration.training.evaluator
    // Members differ in start values, in the order of their batches and in the fold they lack.
    var seeds = RandomStream(
      seed: context.seed, name: "\(role.member).member", step: UInt64(index))
    seed = seeds.next()
    evaluator = Evaluator(
      configuration.evaluator, layout: data.schema.layout, heads: heads,
      slots: configuration.evaluator.slots ?? data.longestList,
      stream: RandomStream(seed: seed, "evaluator.initial"))
    ladder = Self.ladder(withHistory: !data.schema.layout.history.isEmpty)
    rung = ladder.count
    if let start {
      evaluator.parameters = start.members[index].parameters
    } else if configuration.evaluator.pointwise {
      evaluator.start(at: zip(heads, slotMeans).map { $0.raw($1) })
      for correction in EvaluatorCorrection.allCases { evaluator[share: correction] = 0 }
      rung = 0
    }
    best = evaluator
    accepted = evaluator
    foundation = evaluator
    adam = Self.optimiser(settings, evaluator)
    let folds = configuration.evaluator.ensemble
    order = BatchOrder(
      count: data.train.count, batch: min(settings.batch, data.train.count), seed: seed,
      leavingOut: folds > 1 ? .init(fold: index, folds: folds) : nil)
    heldOut =
      folds > 1 && data.validation.count < Self.enough
      ? Array(stride(from: index, to: data.train.count, by: folds)) : []
  }

  private static func optimiser(_ settings: EvaluatorTraining, _ evaluator: Evaluator) -> Adam {
    var optimiser = Adam.Configuration()
    optimiser.decay = settings.decay
    return Adam(optimiser, parameters: evaluator.parameters)
  }

  /// Steps between two looks at held-out sessions: a pass over the log, but not fewer than let a
  /// small log learn something.
  var stepsPerLook: Int {
    let pass = max(order.stepsPerEpoch, fewestSteps)
    return isSmall ? min(pass, Self.mostSmallSteps / 4) : pass
  }

  /// Most steps of the rung. The first models are small: some hundred steps teach them all they can
  /// learn of a log of any size.
  var mostSteps: Int {
    let passes = settings.epochs * max(order.stepsPerEpoch, fewestSteps)
    return isSmall ? min(passes, Self.mostSmallSteps) : passes
  }

  private var isSmall: Bool { rung < 2 && evaluator.configuration.pointwise }
  private var fewestSteps: Int { evaluator.configuration.pointwise ? 25 : 1 }
  private static let mostSmallSteps = 200

  /// One step; returns its loss.
  mutating func advance(
    _ cache: SessionCache, shards: Int, workers: Workers
  ) throws -> Double {
    // Each rung goes on in the order of the sessions where the one before stopped.
    let sessions = try cache.sessions(at: order.indices(step: steps))
    let (gradients, loss) = EvaluatorLoss(
      evaluator: evaluator, unknownRate: settings.unknownRate, seed: seed
    ).step(sessions, step: steps, shards: shards, workers: workers)
    guard loss.isFinite else {
      throw FittingError.diverged(
        step: steps, learningRate: settings.learningRate, key: "training.evaluator.learning_rate")
    }
    adam.update(
      &evaluator.parameters, gradients,
      rate: settings.schedule.rate(step: step, of: mostSteps), workers: workers)
    step += 1
    steps += 1
    return loss
  }

  /// Losses on the sessions that the member does not learn from, over the heads that are needed: their
  /// means summed, and every single one.
  ///
  /// - Parameter needed: feedback kinds; empty for all.
  func heldOutLosses(
    _ evaluator: Evaluator, data: PreparedData, needed: [String], workers: Workers
  ) throws -> HeldOutLosses {
    let ensemble = EvaluatorEnsemble(members: [evaluator], pessimism: 0)
    var parts = [try ensemble.predictions(data.validation, workers: workers)]
    if !heldOut.isEmpty {
      parts.append(try ensemble.predictions(data.train, at: heldOut, workers: workers))
    }
    var result = HeldOutLosses()
    for (h, head) in ensemble.heads.enumerated()
    where needed.isEmpty || needed.contains(head.feedback) {
      let losses = parts.flatMap { $0[h].losses(head, $0[h].predicted) }
      result.loss += mean(losses)
      result.losses += losses
      result.users += parts.flatMap { $0[h].user }
    }
    return result
  }

  /// Takes in the loss on held-out sessions after a look at them.
  mutating func take(_ loss: Double) {
    if loss < bestLoss {
      bestLoss = loss
      best = evaluator
      staleEpochs = 0
    } else {
      staleEpochs += 1
    }
  }

  /// Goes on to the next rung.
  ///
  /// - Parameters:
  ///   - model: what was accepted so far.
  ///   - loss: its loss on held-out sessions.
  mutating func climb(accepting model: Evaluator, loss: Double) {
    accepted = model
    best = model
    bestLoss = loss
    if rung == 0 { foundation = model }
    evaluator = foundation
    for correction in ladder[...rung].joined() { evaluator[share: correction] = 1 }
    rung += 1
    step = 0
    staleEpochs = 0
    adam = Self.optimiser(settings, evaluator)
  }
}

extension EvaluatorHead {
  /// Raw outputs that predict these values.
  func raw(_ values: [Double]) -> [Float] {
    values.map { value in
      guard kind == .binary else { return Float(value / Double(unit)) }
      let p = min(max(value, 1e-4), 1 - 1e-4)
      return Float(log(p / (1 - p)))
    }
  }
}

/// What held-out sessions say of an evaluator.
struct HeldOutLosses {
  /// Sum over the heads of their mean losses.
  var loss = 0.0
  /// Of every observed slot, and whose list it belongs to.
  var losses: [Double] = []
  var users: [UInt64] = []
}
