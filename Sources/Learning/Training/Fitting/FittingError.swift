/// Why a model could not be fitted to logged sessions.
package enum FittingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The configuration's faults.
  case configuration([String])
  case noSessions(path: String)
  /// The first step, from 0, whose loss was not a finite number.
  case diverged(step: Int, learningRate: Double, key: String = "fitting.learning_rate")

  package var description: String {
    switch self {
    case .configuration(let faults):
      "configuration of a fit: " + faults.joined(separator: "; ")
    case .noSessions(let path):
      "\(path): expected sessions to fit a model to, got none; encode the training part first"
    case .diverged(let step, let rate, let key):
      "fitting: expected a finite loss, got none at step \(step); lower \(key) (\(rate))"
    }
  }
}
