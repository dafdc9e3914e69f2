import EvaluatorModel
import Foundation
import Statistics

/// Loss of one slot: log loss of a probability; squared error of a number, in units of the head.
func slotLoss(_ head: EvaluatorHead, observed: Double, predicted: Double) -> Double {
  switch head.kind {
  case .binary:
    let p = min(max(predicted, LogLoss.clamp), 1 - LogLoss.clamp)
    return -(observed * log(p) + (1 - observed) * log(1 - p))
  case .number:
    let error = (observed - predicted) / Double(head.unit)
    return error * error
  }
}

/// By how much one predictor beats another on the same sessions.
struct LossMargin: Sendable {
  /// Mean loss of the other minus mean loss of the own predictor, per slot.
  let difference: Double
  /// Standard error of the difference; all slots of one user count as one observation.
  let standardError: Double

  /// - Parameter users: whose list each slot belongs to.
  init(own: [Double], other: [Double], users: [UInt64]) {
    precondition(own.count == other.count && own.count == users.count, "one loss per slot")
    let ahead = ClusteredMean(zip(own, other).map { $1 - $0 }, clusters: users)
    (difference, standardError) = (ahead.mean, ahead.standardError)
  }

  /// Whether the advantage is above 0 and at least so many standard errors.
  func isClear(by errors: Double) -> Bool {
    difference > 0 && difference >= errors * standardError
  }
}
