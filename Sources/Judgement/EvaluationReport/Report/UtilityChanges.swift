/// What changes for each objective when the logged lists are replaced, in the words of people who run
/// a feed: "click +16 % (2.57 to 2.99)", "cold_start 21 % to 34 %".
struct UtilityChanges {
  let report: EvaluationReport

  /// Whose figures are told: the truth where it is known, else the judge's, who shares no session with the
  /// generator, else those of the evaluators that the generator learned from.
  var source: String {
    if report.world != nil { return "in truth" }
    return report.judge != nil ? "in the judge's eyes" : "in the evaluators' eyes"
  }

  var note: String {
    "From the logged lists to the new ones, means over the requests, \(source)."
  }

  /// A row for all weight on each objective, and one for equal weights; a cell per objective.
  var rows: [(name: String, cells: [String])] {
    report.probes.compactMap { probe in
      guard let name = report.extremeName(probe), let (new, old) = utilities(probe) else {
        return nil
      }
      return (
        name,
        report.objectives.map { objective in
          guard let after = new[objective], let before = old[objective] else { return "–" }
          return change(of: objective, from: before, to: after)
        }
      )
    }
  }

  private func utilities(_ probe: ProbeResult) -> ([String: Double], [String: Double])? {
    if report.world != nil {
      return probe.world.map { ($0.trueUtilities, $0.trueUtilitiesLogged) }
    }
    if report.judge != nil { return probe.judge.map { ($0.utilities, $0.utilitiesLogged) } }
    return (probe.utilities, probe.utilitiesLogged)
  }

  private func change(of objective: String, from before: Double, to after: Double) -> String {
    if report.kinds?[objective] == .share {
      return "\(percent(before)) to \(percent(after))%"
    }
    let span = "\(Figures.plain(before)) to \(Figures.plain(after))"
    // A change relative to nothing, or to less than nothing, has no percentage.
    guard before > 1e-9 else { return span }
    let relative = 100 * (after / before - 1)
    let size = Figures.decimals(abs(relative), abs(relative) < 9.95 ? 1 : 0)
    let sign = size == "0.0" ? "" : relative < 0 ? "−" : "+"
    return "\(sign)\(size)% (\(span))"
  }

  private func percent(_ share: Double) -> String { Figures.decimals(100 * share, 0) }
}

extension EvaluationReport {
  /// `only click` or `equal` for the weightings that presets start from; nil for the others.
  ///
  /// Weights of Float lists are equal or single only up to their rounding.
  func extremeName(_ probe: ProbeResult) -> String? {
    let weights = objectives.map { probe.weights[$0] ?? 0 }
    if let single = weights.firstIndex(where: { $0 > 1 - 1e-5 }) {
      return "only \(objectives[single])"
    }
    let equal = 1 / Double(objectives.count)
    return weights.allSatisfy { abs($0 - equal) < 1e-5 } ? "equal" : nil
  }
}
