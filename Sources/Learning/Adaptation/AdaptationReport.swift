import EvaluatorModel
import Features
import Foundation
package import ScreenModel
package import Statistics
package import Tensors

/// For whom a model of their own is of use: log loss on users' later events with the shared model, with a
/// private slice, and with a slice that is served only where it helped on the user's latest earlier ones; by
/// decile of activity.
package struct AdaptationReport: Sendable {
  package struct Row: Sendable {
    /// From the least active tenth of the users, 1, to the most active, 10; 0 for all.
    package var decile: Int
    package var users: Int
    /// Mean number of shown items that a slice is fitted to.
    package var activity: Double
    /// Log loss per place, summed over the heads of chances.
    package var shared: Double
    package var `private`: Double
    package var served: Double
    /// Of the served loss less the shared one: 95 % over users; nil for fewer than two.
    package var lead: Interval?
    /// Share of the users whose slice is served.
    package var accepted: Double
    /// Loss of other models, in the order in which they were given.
    package var others: [Double]
    /// Area under the ROC curve of the first head of a chance, shared and served.
    package var areas: (shared: Double?, served: Double?)
  }

  /// All users first, then the deciles.
  package private(set) var rows: [Row] = []

  /// Another model, and what it makes of the same sessions.
  package struct Other: Sendable {
    package let ranker: ScreenRanker
    /// The tasks' users and sessions as this model's schema encodes them.
    package let tasks: [UserTask]

    package init(_ ranker: ScreenRanker, tasks: [UserTask]) {
      self.ranker = ranker
      self.tasks = tasks
    }
  }

  /// Losses of one user, per place.
  private struct User: Sendable {
    let activity: Int
    let shared: Double
    let own: Double
    let served: Double
    let isAccepted: Bool
    let others: [Double]
    let scores: [(shared: Double, served: Double, isPositive: Bool)]
  }

  /// - Parameters:
  ///   - rate: of a user's steps; nil for that of the fit.
  ///   - others: models for comparison, with tasks in the same order.
  package init(
    _ ranker: ScreenRanker, tasks: [UserTask], fit: SliceFit, base: String,
    rate: @Sendable (UserTask) -> Float?, others: [Other], workers: Workers
  ) {
    let users = workers.map(tasks.count) { place -> User in
      let task = tasks[place]
      let own = fit.fit(ranker, task.support, base: base, rate: rate(task))
      let kept = fit.fitIfUseful(ranker, task.support, base: base, rate: rate(task))
      let adapted = (try? ranker.applying(own, base: base)) ?? ranker
      let served = kept.flatMap { try? ranker.applying($0, base: base) } ?? ranker
      return User(
        activity: task.activity, shared: ranker.meanLoss(task.query),
        own: adapted.meanLoss(task.query), served: served.meanLoss(task.query),
        isAccepted: kept != nil,
        others: others.map { $0.ranker.meanLoss($0.tasks[place].query) },
        scores: Self.scores(ranker, served, task.query))
    }
    let order = users.indices.sorted {
      users[$0].activity != users[$1].activity
        ? users[$0].activity < users[$1].activity : $0 < $1
    }
    rows.append(row(0, users))
    let tenths = min(10, order.count)
    for tenth in 0..<tenths {
      let range = order.count * tenth / tenths..<order.count * (tenth + 1) / tenths
      rows.append(row(tenth + 1, range.map { users[order[$0]] }))
    }
  }

  private static func scores(
    _ shared: ScreenRanker, _ served: ScreenRanker, _ sessions: [EncodedSession]
  ) -> [(shared: Double, served: Double, isPositive: Bool)] {
    let (a, b) = (shared.predictions(sessions), served.predictions(sessions))
    var scores: [(shared: Double, served: Double, isPositive: Bool)] = []
    for (s, session) in sessions.enumerated() {
      // Areas of several heads do not add.
      guard let h = shared.heads.firstIndex(where: { $0.kind == .binary }) else { continue }
      for (slot, value) in session.feedback[h].enumerated() where !value.isNaN {
        scores.append((Double(a[s][slot][h]), Double(b[s][slot][h]), value > 0))
      }
    }
    return scores
  }

  private func row(_ decile: Int, _ users: [User]) -> Row {
    func mean(_ value: (User) -> Double) -> Double {
      users.isEmpty ? 0 : users.reduce(0) { $0 + value($1) } / Double(users.count)
    }
    let scores = users.flatMap(\.scores)
    let labels = scores.map(\.isPositive)
    let lead = ClusteredMean(
      users.map { $0.served - $0.shared }, clusters: users.indices.map { UInt64($0) })
    return Row(
      decile: decile, users: users.count, activity: mean { Double($0.activity) },
      shared: mean(\.shared), private: mean(\.own), served: mean(\.served), lead: lead.interval,
      accepted: mean { $0.isAccepted ? 1 : 0 },
      others: (users.first?.others ?? []).indices.map { i in mean { $0.others[i] } },
      areas: (
        areaUnderCurve(scores: scores.map(\.shared), isPositive: labels),
        areaUnderCurve(scores: scores.map(\.served), isPositive: labels)
      ))
  }
}
