/// Every weighting with all of its figures, as an HTML table that scrolls sideways when narrow.
struct WeightingTable {
  let report: EvaluationReport
  private var hasTruth: Bool { report.world != nil }

  func html() -> String {
    let caption = Markup.text(
      "caption", [:],
      "Every weighting. Better and ties in % of requests; utilities in raw units, generated then "
        + "logged.")
    let table = Markup.element(
      "table", [:],
      caption + Markup.element("thead", [:], head())
        + Markup.element(
          "tbody", [:], report.probes.enumerated().map { row($0, $1) }.joined(separator: "\n")))
    return Markup.element(
      "div",
      ["class": "scroll", "role": "region", "aria-label": "All weightings", "tabindex": "0"],
      table)
  }

  private func head() -> String {
    let k = report.objectives.count
    var groups = Markup.text("th", ["rowspan": "2", "scope": "col"], "#")
    groups += Markup.text("th", ["colspan": "\(k)", "scope": "colgroup"], "weights")
    groups += Markup.text("th", ["colspan": "3", "scope": "colgroup"], "better")
    groups += Markup.text("th", ["colspan": "2", "scope": "colgroup"], "reward")
    var columns = report.objectives + ["%", "interval", "ties", "generated", "logged"]
    if hasTruth {
      groups += Markup.text("th", ["colspan": "3", "scope": "colgroup"], "truth")
      columns += ["predicted gain", "true gain", "better %"]
    }
    for name in report.objectives {
      groups += Markup.text("th", ["colspan": "2", "scope": "colgroup"], name)
      columns += ["gen.", "logged"]
    }
    return Markup.element("tr", [:], groups)
      + Markup.element(
        "tr", [:], columns.map { Markup.text("th", ["scope": "col"], $0) }.joined())
  }

  private func row(_ index: Int, _ probe: ProbeResult) -> String {
    var cells = report.objectives.map { probe.weights[$0].map(Figures.weight) ?? "–" }
    cells.append(Figures.percentNumber(probe.betterPercentage))
    cells.append(
      Figures.interval(probe.betterLow, probe.betterHigh, Figures.percentNumber) ?? "–")
    cells.append(Figures.percentNumber(probe.ties))
    cells += [Figures.plain(probe.rewardGenerated), Figures.plain(probe.rewardLogged)]
    if hasTruth {
      cells += [
        (probe.world?.predictedGain).map(Figures.signed) ?? "–",
        (probe.world?.trueGain).map(Figures.signed) ?? "–",
        (probe.world?.trueBetterPercentage).map(Figures.percentNumber) ?? "–",
      ]
    }
    for name in report.objectives {
      cells.append(probe.utilities[name].map(Figures.plain) ?? "–")
      cells.append(probe.utilitiesLogged[name].map(Figures.plain) ?? "–")
    }
    return Markup.element(
      "tr", [:],
      Markup.text("th", ["scope": "row"], "\(index + 1)")
        + cells.map { Markup.text("td", $0) }.joined())
  }
}
