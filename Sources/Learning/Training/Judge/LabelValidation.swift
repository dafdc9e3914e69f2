import Features
import ItemLabels
package import ListPolicy
package import Statistics
package import Tensors

/// What the logged feedback itself says of a policy beside the one that training started from: no
/// model, hence no model's errors.
///
/// At w = one predicted objective alone each policy puts the shown items of held-out sessions in
/// order; both orders are graded on the same sessions, so that the lead is paired. Labels know
/// nothing of items that were not shown, nor of what one item does to another: a policy that parts
/// alike items, because users click more then, loses by them. So some loss is tolerated.
package struct LabelValidation: Sendable {
  /// k of NDCG@k.
  package static let depth = 5
  /// Sessions that are ranked together.
  private static let size = 32

  private let labelled: LabelledSessions
  /// NDCG@k of the policy before its first step: `[part][session]`.
  private let start: [[Double]]
  /// What a policy may lose: `[part]`.
  private let room: [Double]

  /// - Parameters:
  ///   - start: the policy before its first step.
  ///   - tolerance: share of the start's lead over a random order that may be lost.
  package init(
    _ labelled: LabelledSessions, start: any ListPolicy, tolerance: Double, workers: Workers
  ) {
    self.labelled = labelled
    let grades = labelled.parts.map { Self.grades(of: start, $0, workers) }
    self.start = grades
    room = zip(labelled.parts, grades).map { part, grades in
      let lead = zip(part.sessions, grades).reduce(0.0) { sum, graded in
        sum + graded.1 - (graded.0.expectedNDCG(by: part.target.kind, at: Self.depth) ?? 0)
      }
      return tolerance * max(0, lead / Double(grades.count))
    }
  }

  /// How far a policy is ahead of the start, by feedback kind.
  package func leads(of policy: any ListPolicy, workers: Workers) -> [LabelLead] {
    labelled.parts.indices.map { place in
      let part = labelled.parts[place]
      let own = Self.grades(of: policy, part, workers)
      return LabelLead(
        kind: part.target.kind,
        ndcg: ClusteredMean(
          zip(own, start[place]).map { $0 - $1 }, clusters: part.sessions.map(\.user)),
        room: room[place])
    }
  }

  /// NDCG@k of every session of a part: `[session]`.
  private static func grades(
    of policy: any ListPolicy, _ part: LabelledSessions.Part, _ workers: Workers
  ) -> [Double] {
    let prepared = policy.prepare(part.target.weights)
    let count = part.sessions.count
    return workers.map((count + size - 1) / size) { piece -> [Double] in
      let sessions = part.sessions[piece * size..<min(count, (piece + 1) * size)]
      let lists = policy.lists(
        RequestBatch(sessions.map(\.request)), weights: sessions.map { _ in prepared },
        lengths: sessions.map(\.count), constraints: nil)
      return zip(sessions, lists).map { items, list in
        items.ndcg(of: list.items, by: part.target.kind, at: depth) ?? 0
      }
    }.flatMap(\.self)
  }
}

/// How far a policy is ahead of the one that training started from, by the labels of one kind.
package struct LabelLead: Sendable, Equatable {
  /// Users below which a spread between them is a guess, and no verdict follows.
  static let fewestUsers = 10

  package let kind: String
  /// Difference in NDCG@k on the same sessions.
  package let ndcg: ClusteredMean
  /// What may be lost of it for the sake of whole lists, from 0.
  package let room: Double

  package init(kind: String, ndcg: ClusteredMean, room: Double = 0) {
    self.kind = kind
    self.ndcg = ndcg
    self.room = room
  }

  /// 95 %; nil for too few users.
  var interval: Interval? { ndcg.clusters < Self.fewestUsers ? nil : ndcg.interval }

  package var isClearlyBelow: Bool { interval.map { $0.high < 0 } ?? false }
  /// Clearly below, and by more than is tolerated.
  package var isConvicting: Bool { isClearlyBelow && ndcg.mean < -room }

  /// For the log, by names without the family's.
  var figures: [(String, Double)] {
    [("label_lead.\(kind)", ndcg.mean)]
      + (interval.map {
        [("label_lead_low.\(kind)", $0.low), ("label_lead_high.\(kind)", $0.high)]
      } ?? [])
  }

  /// `NDCG@5 by click is 0.021 below the start's (95 % interval -0.035 to -0.007; 312 sessions of
  /// 88 users)`
  var words: String {
    let side = ndcg.mean < 0 ? "below" : "above"
    let range = interval.map {
      "95 % interval \(String(rounded: $0.low)) to \(String(rounded: $0.high)); "
    }
    return "NDCG@\(LabelValidation.depth) by \(kind) is \(String(rounded: abs(ndcg.mean))) \(side) "
      + "the start's (\(range ?? "")\(ndcg.count) sessions of \(ndcg.clusters) users"
      + (room > 0 ? "; \(String(rounded: room)) may be lost)" : ")")
  }
}
