import EvaluatorModel
import Features
import Statistics
import Tensors

extension EvaluatorQuality {
  /// Measures the ensemble on the validation sessions. Only heads that objectives use can fail.
  init(
    measuring ensemble: EvaluatorEnsemble, data: PreparedData, needed: [String],
    settings: EvaluatorTraining, workers: Workers
  ) throws {
    let slots = ensemble.members[0].slots
    let layout = data.schema.layout
    let trivial = try TrivialPredictors(
      data.train, heads: ensemble.heads, slots: slots, layout: layout)
    let held = try ensemble.predictions(data.validation, workers: workers)
    let sessions = try data.validation.sessions(
      at: data.validation.spread(EvaluatorEnsemble.measuredSessions))
    let measurements = ensemble.heads.enumerated().map { h, head in
      HeadMeasurement(
        head, held[h], slotMeans: trivial.slotMeanPredictions(held[h], head: h),
        score: trivial.bestScorePredictions(
          held[h], sessions, head: head, at: h, slots: slots, layout: layout))
    }
    self.init(
      heads: measurements.map(\.record),
      shortcomings: measurements.filter { needed.contains($0.record.feedback) }
        .flatMap { $0.shortcomings(settings) })
  }
}

/// One head on held-out sessions, beside what the trivial predictors make of them.
struct HeadMeasurement {
  let record: EvaluatorQuality.Head
  private let slotMargin: LossMargin
  private let scoreMargin: LossMargin?
  /// Calibration error that a perfectly calibrated predictor would show on so few slots.
  private let errorByChance: Double

  init(
    _ head: EvaluatorHead, _ held: HeadPredictions, slotMeans: [Double],
    score: (predicted: [Double], name: String)?
  ) {
    let own = held.losses(head, held.predicted)
    let base = held.losses(head, slotMeans)
    let scored = score.map { (losses: held.losses(head, $0.predicted), name: $0.name) }
    let curve =
      head.kind == .binary
      ? reliabilityCurve(probabilities: held.predicted, labels: held.observed) : []
    record = EvaluatorQuality.Head(
      feedback: head.feedback, loss: mean(own), baseRateLoss: mean(base),
      score: scored.map { (mean($0.losses), $0.name) },
      calibrationError: head.kind == .binary
        ? expectedCalibrationError(probabilities: held.predicted, labels: held.observed) : nil,
      gauc: head.kind == .binary ? held.gauc : nil,
      reliability: curve.map {
        EvaluatorQuality.Bin(
          count: $0.count, predicted: $0.predicted, observed: $0.observed)
      },
      slots: own.count)
    slotMargin = LossMargin(own: own, other: base, users: held.user)
    scoreMargin = scored.map { LossMargin(own: own, other: $0.losses, users: held.user) }
    errorByChance = curve.reduce(0) { sum, bin in
      // Mean absolute deviation of a binomial share: sqrt(2 / pi) standard deviations.
      let deviation = (bin.predicted * (1 - bin.predicted) / Double(bin.count)).squareRoot()
      return sum + 0.798 * deviation * Double(bin.count) / Double(max(1, own.count))
    }
  }

  /// What falls short, worded for the user.
  func shortcomings(_ settings: EvaluatorTraining) -> [String] {
    let maximumError = settings.maximumCalibrationError
    let errors = settings.requiredMargin
    var result: [String] = []
    let own = "\(record.feedback): held-out loss \(String(rounded: record.loss))"
    if !slotMargin.isClear(by: errors) {
      result.append(
        "\(own) does not clearly beat the mean per slot (\(String(rounded: record.baseRateLoss)); "
          + slotMargin.summary(wanted: errors) + ")")
    }
    if let name = record.score, let loss = record.scoreLoss, let margin = scoreMargin,
      !margin.isClear(by: errors)
    {
      result.append(
        "\(own) does not clearly beat the number '\(name)' by itself (\(String(rounded: loss)); "
          + margin.summary(wanted: errors) + ")")
    }
    if let error = record.calibrationError, error - errorByChance > maximumError {
      result.append(
        "\(record.feedback): calibration error \(String(rounded: error)), of which chance explains "
          + "\(String(rounded: errorByChance)), leaves more than \(maximumError) "
          + "(training.evaluator.maximum_calibration_error)")
    }
    return result
  }
}

extension LossMargin {
  fileprivate func summary(wanted errors: Double) -> String {
    "ahead by \(String(rounded: difference)) with a standard error of "
      + "\(String(rounded: standardError)), wanted \(errors) of these: required_margin"
  }
}
