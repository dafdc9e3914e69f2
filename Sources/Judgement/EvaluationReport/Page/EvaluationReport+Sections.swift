extension EvaluationReport {
  /// Better percentage and attainment, weighting by weighting.
  var betterSections: [PageSection] {
    [betterSection, attainment.flatMap(attainmentSection)].compactMap(\.self)
  }

  private var betterSection: PageSection? {
    let title = "Is it better everywhere?"
    let note = "Share of requests whose generated list scores above the logged one. "
    if let maps = BetterMaps(report: self).figures() {
      return PageSection(title, note: note + mapNote, figures: maps)
    }
    return PageSection(
      title, note: note + rowNote,
      legend: Legend.marks(
        marks(own: "by the evaluators", judge: "by the judge", truth: "in truth"))
        + Legend.weights(objectives),
      figures: [BetterChart(report: self).figure()])
  }

  private func attainmentSection(_ attainment: AttainmentSummary) -> PageSection? {
    let title = "How much of the attainable?"
    let best = attainment.exhaustive ? "best of all lists" : "best list that a local search found"
    let note =
      "(generated − logged) / (best − logged) in reward, sums over "
      + "\(Figures.count(attainment.requests, "request")). 100% is the \(best). "
    if let maps = AttainmentMaps(report: self, attainment: attainment).figures() {
      return PageSection(title, note: note + mapNote, figures: maps)
    }
    return PageSection(
      title, note: note + rowNote,
      legend: Legend.marks(
        marks(
          own: attainment.byEvaluators == nil ? nil : "by the evaluators", judge: nil,
          truth: attainment.byTruth == nil ? nil : "in truth")) + Legend.weights(objectives),
      figures: [AttainmentChart(report: self, attainment: attainment).figure()])
  }

  private var mapNote: String {
    "Each corner is one objective alone, each cell the weightings nearest to the one that was "
      + "judged (its dot)."
  }

  private var rowNote: String {
    "A row is one weighting of the objectives, its strip shows the shares."
  }

  /// Control lines, fronts and fidelity.
  var steerableSections: [PageSection] {
    let fronts = FrontChart.all(self).map { $0.figure() }
    return [
      PageSection(
        "Does a weight move its utility?",
        note:
          "Each picture follows one objective along its own line of weightings, in raw units. A "
          + "point is a mean over all requests.",
        legend: Legend.marks(
          marks(own: "by the evaluators", judge: "by the judge", truth: "in truth")
            + [("logged", "logged lists, by the evaluators")]),
        figures: objectives.indices.map { ControlChart(report: self, objective: $0).figure() }),
      tradeOffSection,
      PageSection(
        "What is traded for what?",
        note: "Mean utilities of every weighting, two objectives at a time, as the evaluators "
          + "predict them; those that no other beats in the plane are joined. " + frontNote,
        legend: Legend.marks([
          ("reached", "a weighting, the fuller the more weight on the objective across"),
          ("fit", "front"), ("logged-mark", "logged lists"),
        ]), figures: fronts),
      PageSection(
        "Is a list made for w the right one for w?",
        note:
          "Weights that no probe uses. Loss is the mean reward under w of the lists made for w, "
          + "minus that of the lists made for another w'. With faithful control it is never below 0 "
          + "and grows with the distance, half the sum of the weights' differences.",
        figures: [fidelity.flatMap { FidelityChart(curve: $0).figure() }]),
    ].compactMap(\.self)
  }

  private var tradeOffSection: PageSection? {
    let rows = tradeOffRows(nameLength: .max)
    guard !rows.isEmpty else { return nil }
    let table = DataTable(
      label: "Two faders half up", note: tradeOffNote,
      head: [
        [
          ("A", 1), ("B", 1), ("by", 1), ("A keeps %", 1), ("B keeps %", 1), ("range of A", 1),
          ("range of B", 1), ("trades", 1),
        ]
      ], rows: rows, style: "words")
    return PageSection(
      "What do two faders keep half up?",
      note: "Each pair of objectives, midway between the lists for one alone and for the other.",
      content: table.html())
  }

  private var frontNote: String {
    guard let front else { return "" }
    let reference = objectives.compactMap { name in
      front.reference[name].map { "\(name) \(Figures.plain($0))" }
    }.joined(separator: ", ")
    let volume =
      front.hypervolume.map {
        "Over all \(Figures.count(objectives.count, "objective")) the hypervolume is "
          + "\(Figures.plain($0)), in scales multiplied with each other, above the reference "
          + "\(reference): the lowest mean of any weighting or of the logged lists. "
          + "It compares with other reports of the same reference only. "
      } ?? "The reference is \(reference). "
    return volume
      + "\(Figures.percent(front.nonDominatedShare)) of the weightings are dominated by no other."
  }

  /// Keys of the viewpoints that the report knows.
  func marks(
    own: String?, judge judgeText: String?, truth: String?
  ) -> [(style: String, meaning: String)] {
    [
      ("generated", own), ("judge", judge == nil ? nil : judgeText),
      ("truth", world == nil ? nil : truth),
    ].compactMap { style, text in text.map { (style: style, meaning: $0) } }
  }
}
