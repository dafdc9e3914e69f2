extension EvaluationReport {
  /// Does a weight move its utility, and is a list made for w the right one for w?
  var steerableFinding: Finding {
    let question = "Is it steerable?"
    guard let weakest = weakest(control.spearman) else {
      return .unknown(
        question, "Not measured", why: "No objective had a line of weightings to follow.")
    }
    var verdicts = [Verdict(weakest.value ?? 0, yes: 0.9, partly: 0.5)]
    var facts: [(label: String, value: String)] = []
    if let narrowest = narrowestRange {
      facts.append(
        ("smallest range (\(narrowest.name))", "\(Figures.plain(narrowest.scales)) scales"))
    }
    if let truth = control.trueSpearman.flatMap(weakest(_:)) {
      verdicts.append(Verdict(truth.value ?? 0, yes: 0.9, partly: 0.5))
      facts.append(
        ("weakest in truth (\(truth.name))", truth.value.map(Figures.correlation) ?? "no reaction"))
    }
    if let fidelity {
      verdicts.append(Verdict(fidelity.ownIsBest, yes: 0.8, partly: 0.5))
      facts.append(("own list is best, unseen weights", Figures.percent(fidelity.ownIsBest)))
    }
    if let front {
      facts.append(("weightings on the front", Figures.percent(front.nonDominatedShare)))
    }
    let verdict = verdicts.min() ?? .no
    return Finding(
      question: question, answer: verdict == .yes ? "Yes" : verdict == .partly ? "Partly" : "No",
      tone: verdict.tone,
      figure: (
        weakest.value.map(Figures.correlation) ?? "none",
        weakest.value == nil
          ? "\(weakest.name) does not react to its weight"
          : "weakest rank correlation of a weight with its own utility (\(weakest.name))"
      ),
      facts: facts,
      rule: steerableRule)
  }

  private var steerableRule: String {
    "Yes: every correlation is at least 0.90"
      + (fidelity == nil
        ? "; no: one is below 0.50. "
        : " and a list made for w is the better one under w in at least 80% of pairs; no: one is "
          + "below 0.50, or under half of the pairs. ")
      + "1 means that more weight always gave more. The range says how much; a scale is the "
      + "utility's attainable range."
  }

  /// The objective that follows its weight least; one that never moves counts as 0.
  private func weakest(_ correlations: [String: Double?]) -> (name: String, value: Double?)? {
    objectives.compactMap { name in correlations[name].map { (name: name, value: $0) } }
      .min { ($0.value ?? 0) < ($1.value ?? 0) }
  }

  /// The smallest range of a utility along its line, in units of its scale.
  private var narrowestRange: (name: String, scales: Double)? {
    zip(objectives, scales).compactMap { name, scale in
      control.range[name].map { (name: name, scales: $0 / scale) }
    }.min { $0.scales < $1.scales }
  }
}
