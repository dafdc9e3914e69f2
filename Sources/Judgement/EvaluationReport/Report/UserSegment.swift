/// The held-out users who share a value of one of their features, over all weightings.
package struct UserSegment: Codable, Sendable, Equatable {
  package let feature: String
  package let value: String
  package let users: Int
  package let requests: Int
  /// In the training evaluators' eyes.
  package let evaluators: SegmentFigures
  package let judge: SegmentFigures?
  package let truth: SegmentFigures?

  package init(
    feature: String, value: String, users: Int, requests: Int, evaluators: SegmentFigures,
    judge: SegmentFigures?, truth: SegmentFigures?
  ) {
    self.feature = feature
    self.value = value
    self.users = users
    self.requests = requests
    self.evaluators = evaluators
    self.judge = judge
    self.truth = truth
  }

  /// A viewpoint that some of a report's segments were judged from.
  typealias Viewpoint = (name: String, figures: @Sendable (UserSegment) -> SegmentFigures?)

  /// The viewpoints that have figures for at least one of the segments, in the order of the columns.
  static func viewpoints(of segments: [UserSegment]) -> [Viewpoint] {
    let all: [Viewpoint] = [
      ("evaluators", { $0.evaluators }), ("judge", { $0.judge }), ("truth", { $0.truth }),
    ]
    return all.filter { viewpoint in segments.contains { viewpoint.figures($0) != nil } }
  }

  /// The cells of the segment's row: two per viewpoint, the better percentage and the gain.
  func cells(_ viewpoints: [Viewpoint]) -> [String] {
    viewpoints.flatMap { viewpoint -> [String] in
      guard let figures = viewpoint.figures(self) else { return ["–", "–"] }
      return [Figures.percentNumber(figures.better), Figures.signed(figures.gain)]
    }
  }
}

/// What a segment's lists are worth, in one viewpoint's eyes.
package struct SegmentFigures: Codable, Sendable, Equatable {
  /// Share of requests whose generated list has the higher reward, mean over the weightings.
  package let better: Double
  /// Reward of the generated list minus that of the logged one, mean over the weightings.
  package let gain: Double

  package init(better: Double, gain: Double) {
    self.better = better
    self.gain = gain
  }
}

/// How a reader thinks of an objective's utility.
package enum UtilityKind: String, Codable, Sendable {
  /// A number of events, such as expected clicks: a change is told in percent of what it was.
  case amount
  /// Between 0 and 1, such as the share of cold items: a change is told as from one percentage to another.
  case share
}
