import EvaluationReport
import Statistics

extension EvaluationAccumulator {
  /// Figures of groups of users over all probes; groups without a request are left out.
  ///
  /// All requests must have been added at every probe.
  func segments(_ groups: [UserGroup]) -> [UserSegment] {
    let judged = sums.filter { $0.requests > 0 }
    return groups.compactMap { group in
      var multiplicities = [Int](repeating: 0, count: slots.count)
      var users = 0
      for (user, slot) in slots where group.users.contains(user) {
        multiplicities[slot] = 1
        users += 1
      }
      // The same users at every probe, so that the mean over probes is one over equal parts.
      let means = judged.compactMap { $0.perUser.means(multiplicities: multiplicities) }
      guard users > 0, !means.isEmpty else { return nil }
      func figures(_ view: Viewpoint) -> SegmentFigures? {
        guard knows(view) else { return nil }
        func mean(_ figure: ProbeSums.Figure) -> Double {
          means.reduce(0) { $0 + $1[ProbeSums.column(of: view, figure)] } / Double(means.count)
        }
        return SegmentFigures(better: mean(.better), gain: mean(.gain))
      }
      guard let own = figures(.evaluators) else { return nil }
      return UserSegment(
        feature: group.feature, value: group.value, users: users, requests: group.requests,
        evaluators: own,
        judge: figures(.judge), truth: figures(.truth))
    }
  }
}
