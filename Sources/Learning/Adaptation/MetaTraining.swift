package import Autodiff
import Features
import Networks
import RandomStreams
package import ScreenModel
package import Tensors

/// Trains the shared start of private slices over batches of users.
package struct MetaTraining: Sendable {
  package let configuration: MetaConfiguration
  package private(set) var ranker: ScreenRanker
  /// nil where all users have one rate.
  package private(set) var rates: RateModel?
  private var adam: Adam
  private var rateAdam: Adam?

  package init(_ configuration: MetaConfiguration, start: ScreenRanker) {
    self.configuration = configuration
    ranker = start
    adam = Adam(Adam.Configuration(), parameters: start.parameters)
    if configuration.method == .paml {
      let rates = RateModel(
        heads: start.heads.count, stream: RandomStream(seed: configuration.seed, "meta.rates"))
      self.rates = rates
      rateAdam = Adam(Adam.Configuration(), parameters: rates.parameters)
    }
  }

  /// Loss of one user's task on a tape that holds the ranker's parameters and then those of the rates:
  /// what is minimised, and with and without the slice.
  package func loss(
    _ task: UserTask, on tape: Tape
  ) -> (total: Variable, adapted: Variable, shared: Variable) {
    let c = configuration
    let rate =
      rates.map {
        $0(
          task, rate: c.innerRate, heads: ranker.heads.count,
          first: ranker.parameters.values.count, on: tape)
      } ?? tape.constant(Matrix(rows: 1, columns: 1, repeating: c.innerRate))
    let steps = InnerSteps(count: c.innerSteps, isFirstOrder: c.method != .maml)
    let (adapted, shared) = steps.losses(
      ranker, support: Array(task.support.suffix(c.sessions)),
      query: Array(task.query.prefix(c.sessions)), rate: rate, on: tape)
    return (
      tape.add(tape.scale(adapted, by: 1 - c.sharedShare), tape.scale(shared, by: c.sharedShare)),
      adapted, shared
    )
  }

  /// The parameters of a tape for `loss`.
  package var tapeParameters: [Matrix] {
    ranker.parameters.values + (rates?.parameters.values ?? [])
  }

  /// One step over the given users.
  ///
  /// - Returns: mean losses of the queries with and without the slices.
  @discardableResult
  package mutating func step(
    _ tasks: [UserTask], number: Int, workers: Workers
  ) -> (adapted: Double, shared: Double) {
    let values = tapeParameters
    let share = 1 / Float(tasks.count)
    let copy = self
    let results = workers.map(tasks.count) {
      i -> (gradients: ParameterGradients, adapted: Double, shared: Double) in
      let tape = Tape(parameters: values)
      let loss = copy.loss(tasks[i], on: tape)
      return (
        ParameterGradients(
          tape.gradients(of: tape.scale(loss.total, by: share)), parameters: values.count),
        Double(tape.value(loss.adapted).scalars[0]), Double(tape.value(loss.shared).scalars[0])
      )
    }
    let sum = ParameterGradients.sum(results.map(\.gradients), workers: workers)
    let own = ranker.parameters.values.count
    let schedule = LearningRate(peak: configuration.rate, warmup: 20, floor: 0.1)
    let rate = schedule.rate(step: number, of: configuration.steps)
    adam.update(&ranker.parameters, sum.part(0..<own), rate: rate)
    if var rates, var rateAdam {
      rateAdam.update(&rates.parameters, sum.part(own..<values.count), rate: rate * 10)
      (self.rates, self.rateAdam) = (rates, rateAdam)
    }
    let count = Double(results.count)
    return (
      results.reduce(0) { $0 + $1.adapted } / count, results.reduce(0) { $0 + $1.shared } / count
    )
  }

  /// All steps, over users drawn at random.
  package mutating func run(
    _ tasks: [UserTask], workers: Workers,
    progress: (_ step: Int, _ adapted: Double, _ shared: Double) -> Void = { _, _, _ in }
  ) {
    for number in 0..<configuration.steps {
      var stream = RandomStream(
        seed: configuration.seed, "meta.users", step: UInt64(number))
      let drawn = (0..<configuration.users).map { _ in tasks[stream.below(tasks.count)] }
      let losses = step(drawn, number: number, workers: workers)
      progress(number, losses.adapted, losses.shared)
    }
  }
}
