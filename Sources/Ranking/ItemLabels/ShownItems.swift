package import Features
import RandomStreams
package import Sessions
import Statistics
package import Tensors

/// A session as the referee by labels sees it: a request whose only candidates are the items that
/// were shown, and what each of them got.
///
/// The items stand in a random order, so that whoever breaks ties by the candidates' order knows
/// nothing of the list that was shown.
package struct ShownItems: Sendable {
  /// Number of the session; names random streams.
  package let number: Int
  /// n candidates.
  package let request: EncodedRequest
  /// Per item its place in the list that was shown, from 0: `[n]`; places that the user did not reach are
  /// left out.
  package let slots: [Int]
  /// By feedback kind, 1 for each item that got any of it and 0 for the others: `[n]`.
  package let labels: [String: [Double]]
  /// The user's key, as in `EncodedSession`.
  package let user: UInt64

  /// Shares and ranks among the candidates are those among the shown items. Nil for fewer than two
  /// of them, which have no order.
  ///
  /// - Parameters:
  ///   - kinds: feedback kinds to keep, where the session has them.
  ///   - number: of the session among all that are asked about.
  package init?(
    _ session: Session, kinds: [String], schema: FittedSchema, seed: UInt64, number: Int
  ) {
    let seen = Self.seen(session.shown.count, Array(session.feedback.values))
    guard seen.count > 1 else { return nil }
    var stream = RandomStream(seed: seed, "labels.items", request: UInt64(number))
    let slots = stream.permutation(seen.count).map { seen[$0] }
    var restricted = session.request
    restricted.candidates = slots.map { session.request.candidates[session.shown[$0]] }
    self.number = number
    self.slots = slots
    request = schema.encode(restricted)
    user = FittedSchema.userKey(session.request.user.id)
    var labels: [String: [Double]] = [:]
    for kind in kinds {
      guard let feedback = session.feedback[kind] else { continue }
      labels[kind] = Self.labels(feedback, at: slots)
    }
    self.labels = labels
  }

  /// The same of a session that is encoded already: shares and ranks stay those among all of its
  /// candidates. Nil for fewer than two shown items.
  ///
  /// - Parameters:
  ///   - kinds: feedback kinds to keep, where the session has them.
  ///   - number: of the session among all that are asked about.
  package init?(
    _ session: EncodedSession, kinds: [String], layout: FeatureLayout, seed: UInt64, number: Int
  ) {
    let seen = Self.seen(session.shown.count, session.feedback)
    guard seen.count > 1 else { return nil }
    var stream = RandomStream(seed: seed, "labels.items", request: UInt64(number))
    let slots = stream.permutation(seen.count).map { seen[$0] }
    let items = slots.map { session.shown[$0] }
    self.number = number
    self.slots = slots
    request = EncodedRequest(
      item: session.request.item.selecting(items), user: session.request.user,
      context: session.request.context,
      columns: session.request.columns.map { column in items.map { column[Int($0)] } },
      history: session.request.history)
    user = session.userKey
    var labels: [String: [Double]] = [:]
    for (kind, feedback) in zip(layout.feedback, session.feedback) where kinds.contains(kind) {
      labels[kind] = Self.labels(feedback, at: slots)
    }
    self.labels = labels
  }

  /// Places of a list of which any feedback is known: not those below the place at which a user left.
  private static func seen(_ count: Int, _ feedback: [[Float]]) -> [Int] {
    (0..<count).filter { slot in
      feedback.isEmpty || feedback.contains { slot < $0.count && !$0[slot].isNaN }
    }
  }

  /// 1 where there is any feedback; nil where it is not known of all places.
  private static func labels(_ feedback: [Float], at slots: [Int]) -> [Double]? {
    guard slots.allSatisfy({ $0 < feedback.count && !feedback[$0].isNaN }) else { return nil }
    return slots.map { feedback[$0] > 0 ? 1 : 0 }
  }

  /// n
  package var count: Int { slots.count }

  /// Items that are to be chosen: half of them, rounded up.
  package var half: Int { (count + 1) / 2 }

  /// The items in the order in which they were shown.
  package var loggedOrder: [Int] { slots.indices.sorted { slots[$0] < slots[$1] } }

  /// Whether the items differ in their labels of a kind, so that there is something to order.
  package func isOrdered(by kind: String) -> Bool { Set(labels[kind] ?? []).count > 1 }

  /// NDCG@depth of an order by the labels of a kind; nil where they do not differ.
  package func ndcg(of order: [Int], by kind: String, at depth: Int) -> Double? {
    guard isOrdered(by: kind), let labels = labels[kind] else { return nil }
    return Statistics.ndcg(order.map { labels[$0] }, at: depth)
  }

  /// The mean of that over all orders; nil where labels do not differ.
  package func expectedNDCG(by kind: String, at depth: Int) -> Double? {
    guard isOrdered(by: kind), let labels = labels[kind] else { return nil }
    return Statistics.expectedNDCG(labels, at: depth)
  }
}

extension ShownItems {
  /// Those of the sessions that have an order, numbered by their place.
  package static func of(
    _ sessions: [Session], kinds: [String], schema: FittedSchema, seed: UInt64, workers: Workers
  ) -> [ShownItems] {
    workers.map(sessions.count) { i in
      ShownItems(sessions[i], kinds: kinds, schema: schema, seed: seed, number: i)
    }.compactMap(\.self)
  }
}
