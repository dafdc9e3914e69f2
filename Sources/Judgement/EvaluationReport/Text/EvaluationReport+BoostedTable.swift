extension EvaluationReport {
  /// What the trees say of the lists, and what the table below it holds.
  func boostedNote(_ boosted: BoostedSummary) -> String {
    let gain = boosted.gain
    let better = boosted.betterPercentage
    func text(_ average: ProbeAverage, _ format: (Double) -> String) -> String {
      format(average.mean)
        + (Figures.interval(average.low, average.high, format).map { " (\($0))" } ?? "")
    }
    return
      "Boosted trees, fitted to \(Figures.count(boosted.sessions, "session")) of the judge's users, see a "
      + "gain of \(text(gain, Figures.signed)) and a better list in "
      + "\(text(better, Figures.percent)) of \(Figures.count(boosted.requests, "request")), least at "
      + "\(Figures.signed(gain.min)) and \(Figures.percent(better.min)). Below: loss per slot on held-out "
      + "sessions; the lower, the more a referee's word counts."
  }

  func boostedTable(_ boosted: BoostedSummary) -> TextTable {
    var table = TextTable([
      ("feedback", .left), ("boosted", .right), ("judge", .right), ("evaluators", .right),
      ("mean", .right),
    ])
    for row in boostedRows(boosted) { table.add(row) }
    return table
  }

  /// By feedback kind: losses of the trees, the judge, the evaluators and the slots' means.
  func boostedRows(_ boosted: BoostedSummary) -> [[String]] {
    boosted.losses.sorted { $0.key < $1.key }.map { kind, losses in
      [Figures.shortened(kind, to: 15)]
        + [losses.boosted, losses.judge, losses.evaluators, losses.slotMean].map(Figures.loss)
    }
  }
}
