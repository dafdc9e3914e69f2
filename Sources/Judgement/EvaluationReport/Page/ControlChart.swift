import Statistics

/// One objective's utility against its weight: points with intervals, logged level, and what
/// the judge and the truth say.
struct ControlChart {
  let report: EvaluationReport
  let objective: Int
  private var name: String { report.objectives[objective] }

  /// Figure with caption; nil when the objective has no line.
  func figure() -> String? {
    guard let line = report.control.lines[name], !line.isEmpty else { return nil }
    let logged = report.control.logged[name]
    let levels =
      line.flatMap {
        [$0.utility, $0.utilityLow, $0.utilityHigh, $0.judgeUtility, $0.trueUtility]
      } + [logged]
    let frame = PlotFrame(x: [0, 1], y: levels.compactMap { $0 })
    var drawing = frame.drawing(xTitle: "weight of \(name)", yTitle: name)
    if let logged {
      drawing.line(frame.point(0, logged), frame.point(1, logged), "logged")
    }
    for point in line { draw(point, frame, &drawing) }
    let svg = drawing.svg(
      id: "control-\(objective)", title: "\(name) against its weight",
      description: description(line, logged))
    return Figure.html(svg, name: name, facts: facts(line))
  }

  private func draw(_ point: LinePoint, _ frame: PlotFrame, _ drawing: inout Drawing) {
    let weight = Figures.decimals(point.weight, 2)
    if let truth = point.trueUtility {
      drawing.diamond(
        frame.point(point.weight, truth), "truth",
        note: "weight \(weight): truly \(Figures.plain(truth))")
    }
    if let judge = point.judgeUtility {
      drawing.triangle(
        frame.point(point.weight, judge), "judge",
        note: "weight \(weight): \(Figures.plain(judge)) for the judge")
    }
    if let low = point.utilityLow, let high = point.utilityHigh {
      drawing.verticalInterval(
        frame.y(low), frame.y(high), x: frame.x(point.weight), "interval")
    }
    let interval = Figures.interval(point.utilityLow, point.utilityHigh, Figures.plain)
    drawing.dot(
      frame.point(point.weight, point.utility), "generated",
      note: "weight \(weight): \(Figures.plain(point.utility))"
        + (interval.map { ", \($0)" } ?? ""))
  }

  private func facts(_ line: [LinePoint]) -> [String] {
    var facts = [
      "Spearman "
        + ((report.control.spearman[name] ?? nil).map(Figures.correlation) ?? "undefined")
    ]
    if let truth = report.control.trueSpearman?[name] ?? nil {
      facts.append("in truth \(Figures.correlation(truth))")
    }
    if let range = report.control.range[name] { facts.append("range \(Figures.plain(range))") }
    if let levels = loggedLevels(line) { facts.append(levels) }
    return facts
  }

  /// Everyone sees the logged lists at another level, so marks compare only with their own.
  private func loggedLevels(_ line: [LinePoint]) -> String? {
    guard let own = report.control.logged[name] else { return nil }
    func mean(_ level: (ProbeResult) -> Double?) -> Double? {
      let known = line.compactMap { level(report.probes[$0.probe]) }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    let judge = mean { $0.judge?.utilitiesLogged[name] }
    let truth = mean { $0.world?.trueUtilitiesLogged[name] }
    return "logged lists \(Figures.plain(own))"
      + (judge.map { ", for the judge \(Figures.plain($0))" } ?? "")
      + (truth.map { ", in truth \(Figures.plain($0))" } ?? "")
  }

  private func description(_ line: [LinePoint], _ logged: Double?) -> String {
    let path = line.map {
      "\(Figures.plain($0.utility)) at weight \(Figures.decimals($0.weight, 2))"
    }
    let level = logged.map { " The logged lists have \(Figures.plain($0))." } ?? ""
    return "Mean \(name) of the generated lists: \(path.joined(separator: ", "))." + level
  }
}
