import Statistics

/// Everything kept of one probe: totals of what is only averaged, sums per user of what also gets
/// an interval.
struct ProbeSums: Sendable {
  /// Objectives on whose line the probe lies; only their utilities are kept per user.
  let tracked: [Int]
  private(set) var requests = 0
  /// By viewpoint.
  private(set) var views: [View]
  /// Columns as `column(of:_:)` numbers them, then the tracked utilities.
  private(set) var perUser: ClusterSums

  /// Sums over the requests in one viewpoint's eyes.
  struct View: Sendable {
    fileprivate(set) var ties = 0
    fileprivate(set) var rewardGenerated = 0.0
    fileprivate(set) var rewardLogged = 0.0
    fileprivate(set) var generated: [Double]
    fileprivate(set) var logged: [Double]
  }

  /// What every viewpoint keeps per user.
  enum Figure: Int, CaseIterable {
    case better, gain
  }

  static let columns = Viewpoint.allCases.count * Figure.allCases.count

  static func column(of view: Viewpoint, _ figure: Figure) -> Int {
    view.rawValue * Figure.allCases.count + figure.rawValue
  }

  init(objectives: Int, tracked: [Int]) {
    self.tracked = tracked
    let zeros = [Double](repeating: 0, count: objectives)
    views = Viewpoint.allCases.map { _ in View(generated: zeros, logged: zeros) }
    perUser = ClusterSums(columns: Self.columns + tracked.count)
  }

  /// - Parameter seen: utilities and rewards by viewpoint; absent ones count 0.
  mutating func add(
    slot: Int, _ seen: [(view: Viewpoint, lists: EvaluatedLists, rewards: (Double, Double))]
  ) {
    requests += 1
    var row = [Double](repeating: 0, count: Self.columns)
    for (view, lists, rewards) in seen {
      let place = view.rawValue
      let comparison = Comparison(generated: rewards.0, logged: rewards.1)
      if comparison == .tie { views[place].ties += 1 }
      views[place].rewardGenerated += rewards.0
      views[place].rewardLogged += rewards.1
      ProbeSums.accumulate(lists.generated, into: &views[place].generated)
      ProbeSums.accumulate(lists.logged, into: &views[place].logged)
      row[Self.column(of: view, .better)] = comparison == .better ? 1 : 0
      row[Self.column(of: view, .gain)] = rewards.0 - rewards.1
      if view == .evaluators { row += tracked.map { lists.generated[$0] } }
    }
    perUser.add(cluster: slot, row)
  }

  subscript(_ view: Viewpoint) -> View { views[view.rawValue] }

  /// Column of a tracked objective's utility; nil when its line does not pass through this probe.
  func column(ofObjective objective: Int) -> Int? {
    tracked.firstIndex(of: objective).map { Self.columns + $0 }
  }

  private static func accumulate(_ values: [Double], into totals: inout [Double]) {
    for i in totals.indices { totals[i] += values[i] }
  }
}
