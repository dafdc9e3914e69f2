import EvaluationReport
import EvaluatorModel
import Statistics

extension EvaluatorQuality {
  /// The checkpoint's record as the report shows it.
  var summary: EvaluatorSummary {
    EvaluatorSummary(
      heads: Dictionary(
        uniqueKeysWithValues: heads.map { head in
          (
            head.feedback,
            EvaluatorSummary.Head(
              logLoss: head.loss, baseRateLogLoss: head.baseRateLoss,
              scoreLogLoss: head.scoreLoss, ece: head.calibrationError,
              reliability: head.reliability.map {
                ReliabilityBin(count: $0.count, predicted: $0.predicted, observed: $0.observed)
              })
          )
        }),
      passed: passed, forced: forced)
  }
}
