/// The report's answer to one question, in words that the text and the page share.
struct Finding {
  enum Tone: String {
    case good, mixed, bad, unknown
  }

  let question: String
  let answer: String
  let tone: Tone
  /// The figure to show largest.
  let figure: String
  let details: String
}

extension EvaluationReport {
  /// What a reader wants to know first, in that order.
  var findings: [Finding] {
    [betterFinding, controlFinding, worldFinding, evaluatorFinding]
  }

  private var betterFinding: Finding {
    let question = "Is it better than the logged lists?"
    guard let better = betterPercentage else {
      return Finding(
        question: question, answer: "Unknown", tone: .unknown, figure: "–",
        details: "No request was judged.")
    }
    // Better and worse are equally frequent at half of what does not tie.
    let even = (1 - better.ties) / 2
    let answer: (String, Finding.Tone)
    if better.low ?? better.mean > even {
      answer = better.min > even ? ("Yes", .good) : ("On average, not everywhere", .mixed)
    } else if better.high ?? better.mean < even {
      answer = ("No", .bad)
    } else {
      answer = ("Undecided", .mixed)
    }
    let interval = Figures.interval(better.low, better.high, Figures.percent)
    return Finding(
      question: question, answer: answer.0, tone: answer.1, figure: Figures.percent(better.mean),
      details: "of requests get a list that scores above the logged one\(intervalText(interval)), "
        + "averaged over \(probes.count) weightings; \(Figures.percent(better.ties)) tie. "
        + "At the least favourable weighting \(Figures.percent(better.min)).")
  }

  private var controlFinding: Finding {
    let question = "Can it be steered?"
    let known = objectives.compactMap { name in
      control.spearman[name].map { (name: name, value: $0) }
    }
    // An objective that never moves counts as 0 here: its weight does nothing.
    guard let weakest = known.min(by: { ($0.value ?? 0) < ($1.value ?? 0) }) else {
      return Finding(
        question: question, answer: "Not measured", tone: .unknown, figure: "–",
        details: "No objective had a line of weightings.")
    }
    let value = weakest.value ?? 0
    let answer: (String, Finding.Tone) =
      value >= 0.9 ? ("Yes", .good) : value >= 0.5 ? ("Partly", .mixed) : ("No", .bad)
    let reason =
      weakest.value == nil
      ? "\(weakest.name) does not react to its weight at all."
      : "is the weakest rank correlation between a weight and its own utility (\(weakest.name)); "
        + "1 means that more weight always gave more of it."
    return Finding(
      question: question, answer: answer.0, tone: answer.1,
      figure: weakest.value.map(Figures.correlation) ?? "–", details: reason)
  }

  private var worldFinding: Finding {
    let question = "What does the truth say?"
    guard let world else {
      return Finding(
        question: question, answer: "Unknown", tone: .unknown, figure: "–",
        details: "Real logs do not tell what lists that were never shown would have earned. "
          + "Every figure here is a prediction of the evaluator.")
    }
    let gain = world.trueGain
    let answer: (String, Finding.Tone)
    if gain.low ?? gain.mean > 0 {
      answer = gain.min > 0 ? ("It truly gains", .good) : ("Gains on average", .mixed)
    } else {
      answer = gain.high ?? gain.mean < 0 ? ("It truly loses", .bad) : ("Undecided", .mixed)
    }
    let interval = Figures.interval(gain.low, gain.high, Figures.signed)
    return Finding(
      question: question, answer: answer.0, tone: answer.1, figure: Figures.signed(gain.mean),
      details: "reward units of true gain\(intervalText(interval)), at the least favourable "
        + "weighting \(Figures.signed(gain.min)). The evaluator promised "
        + "\(Figures.signed(world.predictedGain.mean)). In truth "
        + "\(Figures.percent(world.trueBetterPercentage.mean)) of the lists are better.")
  }

  private var evaluatorFinding: Finding {
    let question = "Can the evaluator be trusted?"
    guard let evaluator else {
      return Finding(
        question: question, answer: "Unknown", tone: .unknown, figure: "–",
        details: "The checkpoint carries no figures about its evaluator.")
    }
    let answer: (String, Finding.Tone)
    if evaluator.passed {
      answer = ("Gate passed", .good)
    } else {
      answer = (evaluator.forced ? "Gate not passed, forced" : "Gate not passed", .bad)
    }
    let heads = evaluator.heads.sorted { $0.key < $1.key }.map { name, head in
      // Only probabilities are calibrated; a number is judged by its squared error.
      "\(name): \(head.ece == nil ? "squared error" : "log loss") \(Figures.loss(head.logLoss)), "
        + "mean per slot \(Figures.loss(head.baseRateLogLoss))"
        + (head.ece.map { ", calibration error \(Figures.percent($0))" } ?? "") + "."
    }
    // How much of the base rate's loss is gone, at the head where least is.
    let skills = evaluator.heads.values.compactMap { head -> Double? in
      guard let loss = head.logLoss, let base = head.baseRateLogLoss, base > 0 else { return nil }
      return 1 - loss / base
    }
    let figure = skills.min().map { ($0 < 0 ? "+" : "−") + Figures.percent(abs($0)) } ?? "–"
    return Finding(
      question: question, answer: answer.0, tone: answer.1, figure: figure,
      details: (skills.isEmpty ? "" : "held-out loss against predicting the mean of the slot. ")
        + heads.joined(separator: " "))
  }

  private func intervalText(_ interval: String?) -> String {
    interval.map { " (\(Figures.level(confidenceLevel)) interval \($0))" } ?? ""
  }
}
