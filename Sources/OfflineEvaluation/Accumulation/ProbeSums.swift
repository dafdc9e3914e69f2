import Measures

/// The truth about one request at one probe.
struct JudgedTruth {
  let generated: [Double]
  let logged: [Double]
  let rewardGenerated: Double
  let rewardLogged: Double
}

/// Everything kept of one probe: totals of what is only averaged, sums per user of what also gets
/// an interval.
struct ProbeSums: Sendable {
  /// Objectives on whose line the probe lies; only their utilities are kept per user.
  let tracked: [Int]
  private(set) var requests = 0
  private(set) var ties = 0
  private(set) var rewardGenerated = 0.0
  private(set) var rewardLogged = 0.0
  private(set) var generated: [Double]
  private(set) var logged: [Double]
  private(set) var trueGenerated: [Double]
  private(set) var trueLogged: [Double]
  /// Columns as named by `Column`, then the tracked utilities.
  private(set) var perUser: ClusterSums

  /// Columns of `perUser`.
  enum Column: Int, CaseIterable {
    case better, predictedGain, trueBetter, trueGain
  }

  init(objectives: Int, tracked: [Int]) {
    self.tracked = tracked
    let zeros = [Double](repeating: 0, count: objectives)
    generated = zeros
    logged = zeros
    trueGenerated = zeros
    trueLogged = zeros
    perUser = ClusterSums(columns: Column.allCases.count + tracked.count)
  }

  mutating func add(
    slot: Int, generated: [Double], logged: [Double], rewardGenerated: Double,
    rewardLogged: Double, truth: JudgedTruth?
  ) {
    let comparison = Comparison(generated: rewardGenerated, logged: rewardLogged)
    requests += 1
    if comparison == .tie { ties += 1 }
    self.rewardGenerated += rewardGenerated
    self.rewardLogged += rewardLogged
    ProbeSums.accumulate(generated, into: &self.generated)
    ProbeSums.accumulate(logged, into: &self.logged)
    var row = [comparison == .better ? 1 : 0, rewardGenerated - rewardLogged, 0, 0]
    if let truth {
      ProbeSums.accumulate(truth.generated, into: &trueGenerated)
      ProbeSums.accumulate(truth.logged, into: &trueLogged)
      let verdict = Comparison(generated: truth.rewardGenerated, logged: truth.rewardLogged)
      row[Column.trueBetter.rawValue] = verdict == .better ? 1 : 0
      row[Column.trueGain.rawValue] = truth.rewardGenerated - truth.rewardLogged
    }
    for objective in tracked { row.append(generated[objective]) }
    perUser.add(cluster: slot, row)
  }

  /// Column of a tracked objective's utility; nil when its line does not pass through this probe.
  func column(ofObjective objective: Int) -> Int? {
    tracked.firstIndex(of: objective).map { Column.allCases.count + $0 }
  }

  private static func accumulate(_ values: [Double], into totals: inout [Double]) {
    for i in totals.indices { totals[i] += values[i] }
  }
}
