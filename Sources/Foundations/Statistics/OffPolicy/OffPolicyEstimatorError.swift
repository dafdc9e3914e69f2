/// Why a log cannot say what a target policy would earn.
package enum OffPolicyEstimatorError: Error, Sendable, Equatable, CustomStringConvertible {
  case noSlates
  case missing(Quantity, Place)
  case outside(Quantity, Double, Place)
  /// The log is practically about other lists than the target policy's.
  case tooFewEffectiveSlates(Double, minimum: Double, of: Int)
  /// Weights average 1 under the policy that logged; these do not.
  case meanWeightOff(Double, standardError: Double, limit: Double)

  /// Where a fault is; both count from 0.
  package struct Place: Sendable, Equatable {
    package let slate: Int
    package let slot: Int

    package init(slate: Int, slot: Int) {
      self.slate = slate
      self.slot = slot
    }
  }

  package enum Quantity: String, Sendable {
    case reward
    case loggingPropensity = "logging propensity"
    case targetChance = "target chance"
    case prediction

    /// What values it can have.
    var range: String {
      switch self {
      case .reward, .prediction: "a finite number"
      case .loggingPropensity: "a chance in (0, 1]"
      case .targetChance: "a chance in 0...1"
      }
    }
  }

  package var description: String {
    switch self {
    case .noSlates:
      "there are no logged lists; expected at least one"
    case .missing(let quantity, let place):
      "\(place): there is no \(quantity.rawValue); expected \(quantity.range): "
        + "log it, or choose an estimator that does not need it"
    case .outside(let quantity, let value, let place):
      "\(place): the \(quantity.rawValue) is \(value); expected \(quantity.range): "
        + "drop the list or mend the log"
    case .tooFewEffectiveSlates(let found, let minimum, let count):
      "\(count) lists weigh as much as \(found.rounded(to: 10)); expected at least \(minimum): "
        + "the target policy shows what was hardly ever logged; log more or with more exploration, or judge a policy "
        + "nearer to the logging policy"
    case .meanWeightOff(let mean, let error, let limit):
      "the mean weight is \(mean.rounded(to: 1000)) with a standard error of "
        + "\(error.rounded(to: 1000)); expected 1 within \(limit) "
        + "of them: the propensities are not those of the policy that logged, or the target policy "
        + "shows lists that it never does"
    }
  }
}

extension OffPolicyEstimatorError.Place: CustomStringConvertible {
  package var description: String { "list \(slate), slot \(slot)" }
}

extension Double {
  /// As messages show it: in parts of 1, such as hundredths for 100.
  func rounded(to parts: Double) -> Double { (self * parts).rounded() / parts }
}
