/// What training learned about one version of a score.
package struct VersionMap: Codable, Sendable, Hashable {
  /// As the version's field names it; empty without one.
  package var version: String
  package var method: CalibrationMethod
  package var map: MonotoneMap
  /// Additions to the log-odds by the value of the score's shift field.
  package var shifts: [String: Double]
  /// Rows with a label that it was fitted to, and those of them that had it.
  package var rows: Int
  package var positives: Int
  /// When the version was seen last, in seconds since 1970; nil for one that was only declared.
  package var newest: Double?
  /// Of the scores of all candidates as they came, in log-odds.
  package var histogram: ScoreHistogram?

  /// Log-odds after the map of all and the addition of the field's value.
  package func callAsFunction(_ x: Double, field: String?) -> Double {
    map(x) + (field.flatMap { shifts[$0] } ?? 0)
  }

  var changesNothing: Bool { map.isIdentity && shifts.isEmpty }
}
