extension EvaluationReport {
  /// Better percentage. The evaluators that the generator was trained to please cannot answer with
  /// yes alone: where a judge or the truth is known, the answer is the least favourable of them.
  var betterFinding: Finding {
    let question = "Is it better?"
    guard let better = betterPercentage else {
      return .unknown(question, "Unknown", why: "No request was evaluated.")
    }
    let own = EvaluationReport.verdict(better)
    var others: [(who: String, verdict: Verdict)] = []
    if let judge { others.append(("by the judge", Self.verdict(judge.betterPercentage))) }
    if let world { others.append(("in truth", Self.verdict(world.trueGain))) }
    var answer = (text: Self.words(own), verdict: own)
    if let worst = others.min(by: { $0.verdict < $1.verdict }), worst.verdict < own {
      answer = (
        worst.verdict == .partly
          ? Self.words(.partly) : "\(worst.verdict == .no ? "Not" : "Undecided") \(worst.who)",
        worst.verdict
      )
    }
    // One user has no interval; what holds for them may hold for nobody else.
    let lone = better.low == nil
    return Finding(
      question: question, answer: answer.text + (lone ? ", for a single user" : ""),
      tone: lone && answer.verdict == .yes ? .mixed : answer.verdict.tone,
      figure: (
        Figures.percent(better.mean),
        "of the requests get a list that its evaluators score above the logged one"
      ),
      facts: betterFacts(better), rule: betterRule(better))
  }

  private func betterFacts(_ better: BetterSummary) -> [(label: String, value: String)] {
    var facts: [(label: String, value: String)] = []
    if let interval = Figures.interval(better.low, better.high, Figures.percent) {
      facts.append(("\(Figures.level(confidenceLevel)) interval", interval))
    }
    facts.append(("least favourable weighting", Figures.percent(better.min)))
    facts.append(("ties", Figures.percent(better.ties)))
    if let judge { facts.append(("by the judge", Figures.percent(judge.betterPercentage.mean))) }
    if let world { facts.append(("in truth", Figures.percent(world.trueBetterPercentage.mean))) }
    return facts
  }

  private func betterRule(_ better: BetterSummary) -> String {
    let even = Figures.percent(EvaluationReport.even(better))
    let others = [judge == nil ? nil : "the judge", world == nil ? nil : "the truth"]
      .compactMap(\.self).joined(separator: " and ")
    return "Mean over \(Figures.count(probes.count, "weighting")). Yes: the interval and the least "
      + "favourable weighting lie above even, half of what does not tie (\(even))"
      + (others.isEmpty ? "." : ", and \(others) agree\(others.contains(" and ") ? "" : "s").")
      + (better.low == nil ? " One user gives no interval." : "")
  }

  /// Better and worse are equally frequent at half of what does not tie.
  private static func even(_ better: BetterSummary) -> Double { (1 - better.ties) / 2 }

  private static func verdict(_ better: BetterSummary) -> Verdict {
    verdict(
      least: better.min, low: better.low ?? better.mean, high: better.high ?? better.mean,
      even: even(better))
  }

  private static func verdict(_ gain: ProbeAverage) -> Verdict {
    verdict(least: gain.min, low: gain.low ?? gain.mean, high: gain.high ?? gain.mean, even: 0)
  }

  private static func verdict(least: Double, low: Double, high: Double, even: Double) -> Verdict {
    if low > even { return least > even ? .yes : .partly }
    return high < even ? .no : .undecided
  }

  private static func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .yes: "Yes"
    case .partly: "On average, not everywhere"
    case .undecided: "Undecided"
    case .no: "No"
    }
  }
}
