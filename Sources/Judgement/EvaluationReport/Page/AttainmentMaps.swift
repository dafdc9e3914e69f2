/// Attainment over the weightings of three objectives, a map per viewpoint.
struct AttainmentMaps {
  let report: EvaluationReport
  let attainment: AttainmentSummary

  /// Nil for other numbers of objectives.
  func figures() -> [String]? {
    let own = shares(attainment.byEvaluators)
    let truth = shares(attainment.byTruth)
    guard let map = SimplexMap(report: report, shares: [own, truth]) else { return nil }
    return [
      attainment.byEvaluators.map { _ in
        map.figure(id: "attained-own", name: "By the evaluators", what: "attained", own)
      },
      attainment.byTruth.map { _ in
        map.figure(id: "attained-truth", name: "In truth", what: "attained", truth)
      },
    ].compactMap(\.self)
  }

  private func shares(_ figures: AttainmentFigures?) -> [SimplexMap.Share?] {
    report.probes.indices.map { place in
      figures?[probe: place].map { (value: $0, interval: nil) }
    }
  }
}
