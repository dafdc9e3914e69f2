import Statistics

extension EvaluationReport {
  var weightingNote: String {
    "Weights in the order " + objectives.joined(separator: ", ") + ". Better: share of requests "
      + "whose generated list has the higher predicted reward; ties apart. Reward: sum of weight x "
      + "utility / scale."
  }

  var controlNote: String {
    "Each objective on its line of growing weight. Spearman 1: more weight always gave more utility. "
      + "Range: largest minus smallest mean utility."
  }

  func weightingTable() -> TextTable {
    var table = TextTable([
      ("#", .right), ("weights", .left), ("better %", .right),
      ("\(Figures.level(confidenceLevel)) interval", .right), ("ties %", .right),
      ("reward", .right), ("logged", .right),
    ])
    for (index, probe) in probes.enumerated() {
      table.add([
        "\(index + 1)", weightsText(probe), Figures.percentNumber(probe.betterPercentage),
        Figures.interval(probe.betterLow, probe.betterHigh, Figures.percentNumber) ?? "–",
        Figures.percentNumber(probe.ties), Figures.plain(probe.rewardGenerated),
        Figures.plain(probe.rewardLogged),
      ])
    }
    return table
  }

  func utilityTable(_ group: [String]) -> TextTable {
    var table = TextTable(
      [("#", .right), ("weights", .left)] + group.map { (shortened($0), .right) })
    for (index, probe) in probes.enumerated() {
      let cells = group.map { name in
        "\(number(probe.utilities[name])) (\(number(probe.utilitiesLogged[name])))"
      }
      table.add(["\(index + 1)", weightsText(probe)] + cells)
    }
    return table
  }

  func controlTable() -> TextTable {
    var table = TextTable([
      ("objective", .left), ("Spearman", .right), ("range", .right),
      ("lowest to highest weight", .left), ("logged", .right),
    ])
    for name in objectives {
      guard let line = control.lines[name], let first = line.first, let last = line.last else {
        continue
      }
      table.add([
        shortened(name), (control.spearman[name] ?? nil).map(Figures.correlation) ?? "–",
        number(control.range[name]),
        "\(Figures.plain(first.utility)) \(sparkline(line.map(\.utility))) "
          + Figures.plain(last.utility),
        number(control.logged[name]),
      ])
    }
    return table
  }

  func tradeOffTable() -> TextTable {
    var table = TextTable([
      ("A", .left), ("B", .left), ("by", .left), ("A %", .right), ("B %", .right),
      ("A range", .right), ("B range", .right), ("trades", .right),
    ])
    for row in tradeOffRows(nameLength: 12) { table.add(row) }
    return table
  }

  /// Objectives whose utility columns fit beside each other.
  func objectiveGroups(_ width: Int) -> [[String]] {
    let cell = 15 + TextTable.gap
    let left = 3 + TextTable.gap + 4 * objectives.count - 1
    let fitting = max(1, (width - left) / cell)
    return stride(from: 0, to: objectives.count, by: fitting).map {
      Array(objectives[$0..<min($0 + fitting, objectives.count)])
    }
  }

  func weightsText(_ probe: ProbeResult) -> String {
    objectives.map { name in
      let text = probe.weights[name].map(Figures.weight) ?? "?"
      return String(repeating: " ", count: max(0, 3 - text.count)) + text
    }.joined(separator: " ")
  }

  private func number(_ value: Double?) -> String { value.map(Figures.plain) ?? "–" }

  private func shortened(_ name: String) -> String { Figures.shortened(name, to: 15) }

  private func sparkline(_ values: [Double]) -> String {
    let levels = Array("▁▂▃▄▅▆▇█")
    guard let low = values.min(), let high = values.max() else { return "" }
    return String(
      values.map { value in
        let place = high > low ? (value - low) / (high - low) : 0.5
        return levels[Int((place * Double(levels.count - 1)).rounded())]
      })
  }
}
