/// When a drift is an alarm.
package struct DriftLimits: Codable, Sendable, Equatable {
  /// Bounds of PCOC: an alarm when its whole interval lies outside.
  package var lowest = 0.9
  package var highest = 1.1
  /// PSI above which it is an alarm.
  package var stability = 0.2
  /// Candidates below which PSI proves nothing.
  package var candidates = 500

  package init() {}
}
