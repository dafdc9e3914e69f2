extension EvaluationReport {
  var gainNote: String {
    var note =
      "Reward of the generated lists minus that of the logged ones: as the evaluators predict it"
    if judge != nil { note += ", as the judge sees it" }
    if world != nil { note += ", as the world truly pays it" }
    note += "."
    if judge != nil { note += " Judge %: requests that are better for the judge." }
    if world != nil { note += " True %: requests that are truly better." }
    if attainment != nil {
      note += " Attained %: of what the best list would gain, "
      note += attainment?.byTruth == nil ? "in the evaluators' eyes." : "in truth."
      if attainment?.ceiling != nil {
        note +=
          " Ceiling %: the same of the lists that a search finds best in the evaluators' eyes. "
        note +=
          "Where that is low, the evaluators are short; where attained is lower, the policy is."
      }
    }
    return note
  }

  /// Who promised what, and what is left of it, by weighting.
  func gainTable() -> TextTable {
    var columns: [(header: String, cell: (Int, ProbeResult) -> String?)] = [
      ("predicted", { Figures.signed($1.rewardGenerated - $1.rewardLogged) })
    ]
    if judge != nil { columns.append(("judge", { ($1.judge?.gain).map(Figures.signed) })) }
    if world != nil { columns.append(("true", { ($1.world?.trueGain).map(Figures.signed) })) }
    if judge != nil {
      columns.append(("judge %", { ($1.judge?.betterPercentage).map(Figures.percentNumber) }))
    }
    if world != nil {
      columns.append(("true %", { ($1.world?.trueBetterPercentage).map(Figures.percentNumber) }))
    }
    if let figures = attainment?.byTruth ?? attainment?.byEvaluators {
      columns.append(
        ("attained %", { place, _ in figures[probe: place].map(Figures.percentNumber) }))
    }
    if let figures = attainment?.ceiling {
      columns.append(
        ("ceiling %", { place, _ in figures[probe: place].map(Figures.percentNumber) }))
    }
    var table = TextTable(
      [("#", .right), ("weights", .left)] + columns.map { ($0.header, .right) })
    for (index, probe) in probes.enumerated() {
      table.add(
        ["\(index + 1)", weightsText(probe)] + columns.map { $0.cell(index, probe) ?? "–" })
    }
    return table
  }

  func fidelityNote(_ fidelity: FidelityCurve) -> String {
    "\(Figures.count(fidelity.weights, "weighting")) that no probe uses. Loss: reward under w of the "
      + "lists made for w, minus that of lists made for another w'. Own lists are best in "
      + "\(Figures.percent(fidelity.ownIsBest)) of pairs."
  }

  func fidelityTable(_ fidelity: FidelityCurve) -> TextTable {
    var table = TextTable([("distance of w and w'", .right), ("loss", .right), ("pairs", .right)])
    for point in fidelity.points {
      table.add([
        Figures.decimals(point.distance, 2), Figures.signed(point.loss),
        Figures.count(point.pairs),
      ])
    }
    return table
  }

  var evaluatorNote: String {
    "On held-out sessions, per slot: log loss of probabilities, squared error of numbers. Mean: of "
      + "predicting the slot's mean. Score: of the best single upstream score. ECE: calibration "
      + "error."
  }

  /// Heads of the evaluators, then of the judge, by name.
  var gradedEvaluators: [(who: String, head: String, figures: EvaluatorSummary.Head)] {
    [("evaluators", evaluator), ("judge", judge?.evaluator)].flatMap { who, summary in
      (summary?.heads ?? [:]).sorted { $0.key < $1.key }
        .map { (who: who, head: $0.key, figures: $0.value) }
    }
  }

  func evaluatorTable(
    _ graded: [(who: String, head: String, figures: EvaluatorSummary.Head)]
  ) -> TextTable {
    var table = TextTable([
      ("of", .left), ("feedback", .left), ("loss", .right), ("mean", .right), ("score", .right),
      ("ECE %", .right),
    ])
    for (who, head, figures) in graded {
      table.add([
        who, Figures.shortened(head, to: 15), Figures.loss(figures.logLoss),
        Figures.loss(figures.baseRateLogLoss), Figures.loss(figures.scoreLogLoss),
        figures.ece.map(Figures.percentNumber) ?? "–",
      ])
    }
    return table
  }
}

extension AttainmentFigures {
  /// Attainment at a probe; nil where nothing was to be gained or the probe was not searched.
  subscript(probe place: Int) -> Double? {
    probes.indices.contains(place) ? probes[place] : nil
  }
}
