extension EvaluationReport {
  /// Does the gain that the evaluators promise exist outside of them?
  var honestFinding: Finding {
    let question = "Is it honest?"
    let kept = keptShares
    let gate = evaluator.map { gateText($0) }
    if evaluator?.passed == false {
      return Finding(
        question: question, answer: "No, the evaluators' gate is not passed", tone: .bad,
        figure: kept.first.map { (Figures.percent($0.share), $0.meaning) }, facts: honestFacts,
        rule: "Evaluators that do not beat the trivial predictors, or are badly calibrated, make "
          + "every predicted figure here worthless.")
    }
    guard judge != nil || world != nil else {
      return Finding(
        question: question, answer: "Unknown", tone: .unknown, figure: nil,
        facts: gate.map { [("evaluators' gate", $0)] } ?? [],
        rule: "Nobody but the evaluators that the generator was trained to please has seen these "
          + "lists. Their gain is a promise; a judge, or a world, would say what is left of it.")
    }
    guard let least = kept.min(by: { $0.share < $1.share }) else {
      return Finding(
        question: question, answer: "No gain was promised", tone: .mixed, figure: nil,
        facts: honestFacts, rule: "Without a predicted gain there is no share of it to keep.")
    }
    let verdict = Verdict(least.share, yes: 0.8, partly: 0.5)
    // A referee that fails its own gate can accuse, but not acquit.
    let weakReferee = verdict == .yes && world == nil && judge?.evaluator?.passed == false
    return Finding(
      question: question,
      answer: weakReferee
        ? "The judge is no referee"
        : verdict == .yes ? "Yes" : verdict == .partly ? "Partly" : "No",
      tone: weakReferee ? .mixed : verdict.tone,
      figure: kept.first.map { (Figures.percent($0.share), $0.meaning) }, facts: honestFacts,
      rule:
        "Yes: at least 80% of the predicted gain is left\(kept.count > 1 ? " in both eyes" : ""); "
        + "no: less than half of it."
        + (judge == nil
          ? "" : " The judge was fitted on other users and never shown to the generator."))
  }

  /// What is left of the predicted gain, the most independent viewpoint first.
  private var keptShares: [(share: Double, meaning: String)] {
    [
      world?.gainKept.map { ($0, "of the predicted gain is true") },
      (judge?.gap.share).map { (1 - $0, "of the predicted gain is there for the judge") },
    ].compactMap(\.self)
  }

  private var honestFacts: [(label: String, value: String)] {
    var facts: [(label: String, value: String)] = []
    if let predicted = judge?.predictedGain ?? world?.predictedGain {
      facts.append(("predicted gain", gainText(predicted)))
    }
    if let world { facts.append(("true gain", gainText(world.trueGain))) }
    if let judge {
      facts.append(("judge's gain", gainText(judge.gain)))
      let share = judge.gap.share.map { ", \(Figures.percent($0)) of the predicted" } ?? ""
      facts.append(("gap to the judge", Figures.signed(judge.gap.mean) + share))
      let better = judge.betterPercentage
      facts.append(
        (
          "better, says the judge",
          withInterval(better.mean, better.low, better.high, Figures.percent)
        ))
    }
    if let evaluator { facts.append(("evaluators' gate", gateText(evaluator))) }
    if let referee = judge?.evaluator { facts.append(("judge's own gate", gateText(referee))) }
    return facts
  }

  private func gainText(_ gain: ProbeAverage) -> String {
    withInterval(gain.mean, gain.low, gain.high, Figures.signed)
  }

  private func gateText(_ evaluator: EvaluatorSummary) -> String {
    evaluator.passed ? "passed" : evaluator.forced ? "not passed, forced" : "not passed"
  }
}
