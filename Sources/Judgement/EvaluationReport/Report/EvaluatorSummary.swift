package import Statistics

/// How far the evaluator that scored the lists can be trusted; copied from the checkpoint's bundle.
package struct EvaluatorSummary: Codable, Sendable, Equatable {
  /// By feedback kind.
  package let heads: [String: Head]
  /// Whether it beat the trivial predictors and was well calibrated.
  package let passed: Bool
  /// Whether training went on although it did not.
  package let forced: Bool

  package init(heads: [String: Head], passed: Bool, forced: Bool) {
    self.heads = heads
    self.passed = passed
    self.forced = forced
  }

  /// One head on held-out sessions. Losses in nats per slot; a value that is not finite becomes nil.
  package struct Head: Codable, Sendable, Equatable {
    package let logLoss: Double?
    /// Of predicting the base rate of every slot.
    package let baseRateLogLoss: Double?
    /// Of the best single upstream score, calibrated; nil when there is none.
    package let scoreLogLoss: Double?
    /// Expected calibration error, in 0...1.
    package let ece: Double?
    package let reliability: [ReliabilityBin]?

    package init(
      logLoss: Double?, baseRateLogLoss: Double?, scoreLogLoss: Double? = nil,
      ece: Double? = nil, reliability: [ReliabilityBin]? = nil
    ) {
      self.logLoss = finite(logLoss)
      self.baseRateLogLoss = finite(baseRateLogLoss)
      self.scoreLogLoss = finite(scoreLogLoss)
      self.ece = finite(ece)
      self.reliability = reliability?.filter { $0.predicted.isFinite && $0.observed.isFinite }
    }

    enum CodingKeys: String, CodingKey {
      case ece, reliability
      case logLoss = "log_loss"
      case baseRateLogLoss = "base_rate_log_loss"
      case scoreLogLoss = "score_log_loss"
    }
  }
}

/// A diverged model has losses that are not numbers; a report keeps them out of its JSON.
private func finite(_ value: Double?) -> Double? {
  value.flatMap { $0.isFinite ? $0 : nil }
}
