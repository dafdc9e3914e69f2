import Statistics

/// How far the scores of some sessions are from what a checkpoint was fitted to.
package struct DriftReport: Codable, Sendable, Equatable {
  /// By the score's name.
  package var scores: [String: ScoreDrift] = [:]
  package var limits: DriftLimits
  package var alarms: [DriftAlarm] = []
}

/// One score over all of its versions.
package struct ScoreDrift: Codable, Sendable, Equatable {
  package var label: String
  /// PSI of the calibrated scores against those of training: has what the model reads changed?
  package var psi: Double?
  package var candidates: Int
  package var labels: LabelDrift
  /// By the version's name; empty where none is named.
  package var versions: [String: VersionDrift]
}

/// One version of a score.
package struct VersionDrift: Codable, Sendable, Equatable {
  /// Whether the checkpoint has a map for it.
  package var known: Bool
  /// PSI of the scores as they came against those of the same version in training; of an unknown
  /// version against the latest one. Nil where there is nothing to compare with.
  package var psi: Double?
  package var candidates: Int
  package var labels: LabelDrift
  /// By feature, then by value.
  package var slices: [String: [String: LabelDrift]]
}

/// What was promised for labelled rows, and what happened.
package struct LabelDrift: Codable, Sendable, Equatable {
  package var rows: Int
  package var observed: Double
  /// PCOC of the calibrated score; nil where nothing was observed.
  package var pcoc: Double?
  /// Of 95 %, over users.
  package var low: Double?
  package var high: Double?
  /// PCOC of the score as it came.
  package var rawPcoc: Double?

  init(_ calibrated: PredictedOverObserved, raw: PredictedOverObserved) {
    rows = calibrated.rows
    observed = calibrated.observedSum
    pcoc = calibrated.value
    let interval = calibrated.interval()
    low = interval?.low
    high = interval?.high
    rawPcoc = raw.value
  }

  /// Whether the whole interval lies outside.
  func isOutside(_ limits: DriftLimits) -> Bool {
    guard let low, let high else { return false }
    return low > limits.highest || high < limits.lowest
  }
}

/// One figure that is out of bounds.
package struct DriftAlarm: Codable, Sendable, Equatable, CustomStringConvertible {
  package var score: String
  /// Nil for all versions together.
  package var version: String?
  /// `category=k3`; nil for all rows.
  package var slice: String?
  /// psi or pcoc
  package var figure: String
  package var value: Double

  package var description: String {
    let place = [version.map { "version \($0.isEmpty ? "without a name" : $0)" }, slice]
      .compactMap(\.self).joined(separator: ", ")
    let rounded = (value * 1000).rounded() / 1000
    return "\(score)\(place.isEmpty ? "" : " (\(place))"): \(figure) is \(rounded)"
  }
}
