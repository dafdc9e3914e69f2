package import Sessions

/// How events become sessions.
package struct IngestOptions: Sendable, Equatable, Codable {
  /// Seconds after a ranking in which interactions join it, and by which events may be out of
  /// order.
  package var window: Double
  /// Interaction types that take back another one, and are no feedback kind themselves.
  package var retractions: [String: String]
  /// The share of interactions that may fail to join, of rankings that may give no session, and of
  /// lines that may be no events; above it nothing is written.
  package var allowedLoss: Double
  /// What of a user's past each session gets.
  package var history: HistoryOptions

  package init(
    window: Double = 1800, retractions: [String: String] = ["unsave": "save"],
    allowedLoss: Double = 0.2, history: HistoryOptions = HistoryOptions()
  ) {
    self.window = window
    self.retractions = retractions
    self.allowedLoss = allowedLoss
    self.history = history
  }

  /// All faults of the options.
  package func faults() -> [FieldError] {
    var faults = history.faults()
    if !(window >= 0 && window.isFinite) {
      faults.append(
        FieldError(
          pointer: "/window", expected: "seconds from 0", got: "\(window)",
          remedy: "write 1800 for half an hour"))
    }
    if !(0...1).contains(allowedLoss) {
      faults.append(
        FieldError(
          pointer: "/allow-loss", expected: "a share from 0 to 1", got: "\(allowedLoss)",
          remedy: "write 0.2 for a fifth"))
    }
    for (type, kind) in retractions.sorted(by: { $0.key < $1.key })
    where kind.isEmpty || retractions[kind] != nil {
      faults.append(
        FieldError(
          pointer: "/retractions" + pointerStep(type),
          expected: "a type of interaction that is no retraction itself", got: "\"\(kind)\"",
          remedy: "name what is taken back, as in unsave: save"))
    }
    return faults
  }
}
