import Statistics

/// Whether what a policy has become is to be the run's `best`.
///
/// Training must not do harm, and a judge fitted to a small log shares the evaluators' errors. So:
/// - What the labels put clearly below the start (the whole 95 % interval of a kind's lead is below
///   0), and by more than is tolerated for the sake of whole lists, is never best, whatever the judge
///   says.
/// - A judge that met the quality gate ranks the rest, the start among them.
/// - One that did not has no say beside a start that is of use: the labels rank instead, by the mean
///   lead over all kinds, with the start at 0 and nothing that is clearly below by any kind. Clear
///   leads cannot be asked for: the logs that such judges come from are too small to show them. Without
///   labels the user keeps what they could have had without training.
/// - A warm start's parent is kept by a reliable judge or by the labels only: held by a judge of
///   little skill it would stay for good, however much newer the sessions are.
package struct CheckpointChoice: Sendable, Equatable {
  /// What the policy is before its first step.
  package enum Start: Sendable, Equatable {
    /// Of no use: anything is better.
    case untrained
    /// Lists by the frozen evaluators without their channels.
    case reference
    /// The policy of the checkpoint that the run goes on from.
    case parent
  }

  package enum Verdict: Sendable, Equatable {
    case best
    /// The referee liked another one as well or better.
    case notBetter
    /// The referee liked it better than any before, but is not to be believed; worded for the user.
    case passedOver(String)
  }

  let start: Start
  /// Whose gains are compared.
  let referee: Referee

  package init(start: Start, referee: Referee) {
    self.start = start
    self.referee = referee
  }

  package struct Referee: Sendable, Equatable {
    /// Fitted on other users; else the training evaluators speak for themselves.
    let isJudge: Bool
    /// Met the quality gate.
    let isReliable: Bool

    package init(isJudge: Bool, isReliable: Bool) {
      self.isJudge = isJudge
      self.isReliable = isReliable
    }

    var name: String { isJudge ? "judge" : "evaluators" }
  }

  /// Whether labels rank in the referee's place.
  private var isByLabels: Bool { start == .reference && !referee.isReliable }

  /// What checkpoints are ranked by; nil where nothing can be said.
  package func score(gain: Double, leads: [LabelLead]) -> Double? {
    guard isByLabels else { return gain }
    let known = leads.filter { $0.interval != nil }
    return known.isEmpty
      ? nil : known.reduce(0) { $0 + $1.ndcg.mean } / Double(known.count)
  }

  /// The score that the first checkpoint has to exceed, nil for any.
  ///
  /// - Parameter gain: of the start.
  package func bar(start gain: Double) -> Double? {
    switch start {
    case .untrained: nil
    case .reference: referee.isReliable ? gain : 0
    case .parent: referee.isJudge && referee.isReliable ? gain : nil
    }
  }

  /// - Parameters:
  ///   - gain: by the referee.
  ///   - bar: `score` of the best so far, nil for any.
  ///   - leads: over the start, by the labels.
  package func verdict(gain: Double, bar: Double?, leads: [LabelLead]) -> Verdict {
    guard let score = score(gain: gain, leads: leads) else {
      return .passedOver(
        "the \(referee.name) did not meet the quality gate, and too few held-out users have labels "
          + "to tell it from the start")
    }
    guard score > bar ?? -.infinity else { return .notBetter }
    if start == .untrained { return .best }
    let below = leads.filter { isByLabels ? $0.isClearlyBelow : $0.isConvicting }
    guard below.isEmpty else {
      return .passedOver("by the labels " + below.map(\.words).joined(separator: ", and "))
    }
    return .best
  }
}

/// A hearing whose policy would have been best by the referee's gain, but was not to be believed.
struct PassedOver: Codable, Sendable, Equatable {
  var step: Int
  /// By the referee.
  var gain: Double
  /// Worded for the user.
  var reason: String
}
