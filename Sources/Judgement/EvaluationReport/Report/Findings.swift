extension EvaluationReport {
  /// What a reader wants to know first, in that order.
  var findings: [Finding] {
    [betterFinding, steerableFinding, honestFinding]
      + [attainmentFinding, selectionFinding].compactMap(\.self)
  }

  /// `94.1% (93.0% to 95.2%)`, or the figure alone where there is no interval.
  func withInterval(
    _ value: Double, _ low: Double?, _ high: Double?, _ format: (Double) -> String
  ) -> String {
    format(value) + (Figures.interval(low, high, format).map { " (\($0))" } ?? "")
  }
}
