import EvaluatorModel
import Features
import Measures
import Tensors

extension EvaluatorQuality {
  /// Judges the ensemble on the validation sessions. Only heads that objectives use can fail.
  init(
    measuring ensemble: EvaluatorEnsemble, data: PreparedData, needed: [String], maximumError: Double,
    workers: Workers
  ) throws {
    let slots = ensemble.members[0].slots
    let layout = data.schema.layout
    let trivial = try TrivialPredictors(
      data.train, heads: ensemble.heads, slots: slots, layout: layout)
    let predictions = try ensemble.predictions(data.validation, workers: workers)
    let sessions = try data.validation.sessions(in: 0..<min(20_000, data.validation.count))
    let heads = ensemble.heads.enumerated().map { h, head -> Head in
      let own = predictions[h]
      let best = trivial.bestScoreLoss(
        sessions, head: head, at: h, slots: slots, layout: layout)
      let isBinary = head.kind == .binary
      let curve = isBinary ? reliabilityCurve(probabilities: own.predicted, labels: own.observed) : []
      return Head(
        feedback: head.feedback, loss: own.loss(head),
        baseRateLoss: own.baseRateLoss(head, training: trivial.slotMeans[h]),
        score: best.map { ($0.loss, $0.feature) },
        calibrationError: isBinary
          ? expectedCalibrationError(probabilities: own.predicted, labels: own.observed) : nil,
        reliability: curve.map {
          Bin(count: $0.count, predicted: $0.predicted, observed: $0.observed)
        },
        slots: own.observed.count)
    }
    self.init(
      heads: heads,
      shortcomings: heads.filter { needed.contains($0.feedback) }
        .flatMap { EvaluatorQuality.shortcomings($0, maximumError: maximumError) })
  }

  private static func shortcomings(_ head: Head, maximumError: Double) -> [String] {
    var result: [String] = []
    let show = { (value: Double) in String(Int((value * 10_000).rounded())).asFourDecimals }
    if !(head.loss < head.baseRateLoss) {
      result.append(
        "\(head.feedback): held-out loss \(show(head.loss)) does not beat the mean per slot "
          + "(\(show(head.baseRateLoss)))")
    }
    if let score = head.score, let loss = head.scoreLoss, !(head.loss < loss) {
      result.append(
        "\(head.feedback): held-out loss \(show(head.loss)) does not beat the number '\(score)' by "
          + "itself (\(show(loss)))")
    }
    if let error = head.calibrationError, error > maximumError {
      result.append(
        "\(head.feedback): calibration error \(show(error)) is above \(show(maximumError)) "
          + "(training.evaluator.maximum_calibration_error)")
    }
    return result
  }
}

extension String {
  /// "5025" as "0.5025": ten-thousandths without a locale.
  fileprivate var asFourDecimals: String {
    let sign = hasPrefix("-") ? "-" : ""
    let digits = String(drop { $0 == "-" })
    let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
    return sign + padded.dropLast(4) + "." + padded.suffix(4)
  }
}
