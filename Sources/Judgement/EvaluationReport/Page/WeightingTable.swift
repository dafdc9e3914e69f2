/// Every weighting with all of its figures.
struct WeightingTable {
  let report: EvaluationReport

  private struct Group {
    let name: String
    let columns: [String]
    let cells: (Int, ProbeResult) -> [String]
  }

  func html() -> String {
    let weights = Array(groups.prefix(2))
    let others = (report.judge == nil ? [] : [judgeGroup]) + truthGroup + attainmentGroup
    // Three tables, since one of all columns is wider than a page.
    var parts = [
      table(
        "All weightings",
        note:
          "Reward: sum of weight × utility / scale. Better and ties in % of requests; gains in reward "
          + "units.", groups)
    ]
    if !others.isEmpty {
      parts.append(
        table(
          "All weightings, in other eyes",
          note: "Gap: the evaluators' gain minus the judge's. Attained in % of the attainable.",
          weights + others))
    }
    parts.append(
      table(
        "Utilities of all weightings",
        note:
          "Utilities in raw units, as the evaluators predict them, of the new and the logged lists.",
        weights + report.objectives.map(utilityGroup)))
    return parts.joined()
  }

  private func table(_ label: String, note: String, _ groups: [Group]) -> String {
    DataTable(
      label: label, note: note,
      head: [
        groups.map { ($0.name, $0.columns.count) }, groups.flatMap { $0.columns.map { ($0, 1) } },
      ],
      rows: report.probes.enumerated().map { place, probe in
        groups.flatMap { $0.cells(place, probe) }
      }
    ).html()
  }

  private var groups: [Group] {
    let groups = [
      Group(name: "", columns: ["#"]) { place, _ in ["\(place + 1)"] },
      Group(name: "weights", columns: report.objectives) { _, probe in
        report.objectives.map { probe.weights[$0].map(Figures.weight) ?? "–" }
      },
      Group(name: "better", columns: ["%", "interval", "ties"]) { _, probe in
        [
          Figures.percentNumber(probe.betterPercentage),
          Figures.interval(probe.betterLow, probe.betterHigh, Figures.percentNumber) ?? "–",
          Figures.percentNumber(probe.ties),
        ]
      },
      Group(name: "reward", columns: ["generated", "logged", "gain"]) { _, probe in
        [
          Figures.plain(probe.rewardGenerated), Figures.plain(probe.rewardLogged),
          Figures.signed(probe.rewardGenerated - probe.rewardLogged),
        ]
      },
    ]
    return groups
  }

  private var truthGroup: [Group] {
    guard report.world != nil else { return [] }
    return [
      Group(name: "truth", columns: ["better %", "gain"]) { _, probe in
        [
          (probe.world?.trueBetterPercentage).map(Figures.percentNumber) ?? "–",
          (probe.world?.trueGain).map(Figures.signed) ?? "–",
        ]
      }
    ]
  }

  private var judgeGroup: Group {
    Group(name: "judge", columns: ["better %", "interval", "gain", "gap"]) { _, probe in
      guard let judge = probe.judge else { return ["–", "–", "–", "–"] }
      return [
        Figures.percentNumber(judge.betterPercentage),
        Figures.interval(judge.betterLow, judge.betterHigh, Figures.percentNumber) ?? "–",
        Figures.signed(judge.gain), Figures.signed(judge.gap),
      ]
    }
  }

  private var attainmentGroup: [Group] {
    let known = [
      ("by evaluators", report.attainment?.byEvaluators), ("in truth", report.attainment?.byTruth),
    ].compactMap { name, figures in figures.map { (name: name, figures: $0) } }
    guard !known.isEmpty else { return [] }
    return [
      Group(name: "attained", columns: known.map(\.name)) { place, _ in
        known.map { $0.figures[probe: place].map(Figures.percentNumber) ?? "–" }
      }
    ]
  }

  private func utilityGroup(_ name: String) -> Group {
    Group(name: name, columns: ["new", "logged"]) { _, probe in
      [probe.utilities[name], probe.utilitiesLogged[name]].map { $0.map(Figures.plain) ?? "–" }
    }
  }
}
