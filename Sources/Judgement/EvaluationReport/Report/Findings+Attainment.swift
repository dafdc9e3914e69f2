extension EvaluationReport {
  /// How much of what there was to gain was gained; nil when it was not searched.
  var attainmentFinding: Finding? {
    guard let attainment, let shown = attainment.byTruth ?? attainment.byEvaluators else {
      return nil
    }
    let verdict = Verdict(shown.mean, yes: 0.9, partly: 0.5)
    var facts = [("least favourable weighting", Figures.percent(shown.min))]
    if attainment.byTruth != nil, let own = attainment.byEvaluators {
      facts.append(("in the evaluators' eyes", Figures.percent(own.mean)))
    }
    facts.append(("requests searched", Figures.count(attainment.requests)))
    facts.append(("search", attainment.exhaustive ? "every list" : "local"))
    return Finding(
      question: "How much of the attainable?",
      answer: verdict == .yes ? "Most of it" : verdict == .partly ? "A part" : "Little",
      tone: verdict.tone,
      figure: (
        Figures.percent(shown.mean),
        "of what the best list would gain over the logged one, "
          + (attainment.byTruth == nil ? "in the evaluators' eyes" : "in truth")
      ),
      facts: facts,
      rule: "Most: at least 90%; little: under half."
        + (attainment.exhaustive
          ? "" : " A local search may miss the best list; then the share is lower than shown."))
  }
}
