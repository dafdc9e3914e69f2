/// Every weighting with all of its figures.
struct WeightingTable {
  let report: EvaluationReport

  private struct Group {
    let name: String
    let columns: [String]
    let cells: (Int, ProbeResult) -> [String]
  }

  func html() -> String {
    let groups = self.groups
    let heads: [[(text: String, span: Int)]] = [
      groups.map { ($0.name, $0.columns.count) }, groups.flatMap { $0.columns.map { ($0, 1) } },
    ]
    return DataTable(
      label: "All weightings",
      note:
        "Reward: sum of weight × utility / scale. Better and ties in % of requests, attained in "
        + "% of the attainable; gains in reward units; utilities in raw units, as the evaluators "
        + "predict them.",
      head: heads,
      rows: report.probes.enumerated().map { place, probe in
        groups.flatMap { $0.cells(place, probe) }
      }
    ).html()
  }

  private var groups: [Group] {
    var groups = [
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
    if report.judge != nil { groups.append(judgeGroup) }
    if report.world != nil {
      groups.append(
        Group(name: "truth", columns: ["better %", "gain"]) { _, probe in
          [
            (probe.world?.trueBetterPercentage).map(Figures.percentNumber) ?? "–",
            (probe.world?.trueGain).map(Figures.signed) ?? "–",
          ]
        })
    }
    return groups + attainmentGroup + report.objectives.map(utilityGroup)
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
    Group(name: name, columns: ["gen.", "logged"]) { _, probe in
      [probe.utilities[name], probe.utilitiesLogged[name]].map { $0.map(Figures.plain) ?? "–" }
    }
  }
}
