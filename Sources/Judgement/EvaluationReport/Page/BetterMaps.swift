/// Better percentage over the weightings of three objectives, a map per viewpoint.
struct BetterMaps {
  let report: EvaluationReport

  /// Nil for other numbers of objectives.
  func figures() -> [String]? {
    let own = report.probes.map { probe in
      share(probe.betterPercentage, probe.betterLow, probe.betterHigh)
    }
    let judge = report.probes.map { probe in
      probe.judge.flatMap { share($0.betterPercentage, $0.betterLow, $0.betterHigh) }
    }
    let truth = report.probes.map { probe in
      probe.world.flatMap { share($0.trueBetterPercentage, nil, nil) }
    }
    guard let map = SimplexMap(report: report, shares: [own, judge, truth]) else { return nil }
    return [
      map.figure(id: "better-own", name: "By the evaluators", what: "better", own),
      report.judge.map { _ in
        map.figure(id: "better-judge", name: "By the judge", what: "better", judge)
      },
      report.world.map { _ in
        map.figure(id: "better-truth", name: "In truth", what: "better", truth)
      },
    ].compactMap(\.self)
  }

  private func share(_ value: Double, _ low: Double?, _ high: Double?) -> SimplexMap.Share? {
    (value, Figures.interval(low, high, Figures.percent))
  }
}
