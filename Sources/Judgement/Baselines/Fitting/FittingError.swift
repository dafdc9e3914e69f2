/// Why a baseline could not be fitted.
public enum FittingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The configuration's faults.
  case configuration([String])
  case noSessions(path: String)
  /// The first step, from 0, whose loss was not a finite number.
  case diverged(step: Int, learningRate: Double)

  public var description: String {
    switch self {
    case .configuration(let faults):
      "baseline configuration: " + faults.joined(separator: "; ")
    case .noSessions(let path):
      "\(path): expected sessions to fit a baseline to, got none; encode the training part first"
    case .diverged(let step, let rate):
      "fitting a baseline: expected a finite loss, got none at step \(step); lower "
        + "fitting.learning_rate (\(rate))"
    }
  }
}
