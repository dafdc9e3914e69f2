import Features
import RandomStreams
import Sessions
import Tensors

/// A session as the referee by labels sees it: a request whose only candidates are the items that
/// were shown, and what each of them got.
///
/// The items stand in a random order, so that whoever breaks ties by the candidates' order knows
/// nothing of the list that was shown. Shares and ranks among the candidates are those among the
/// shown items.
struct ShownItems: Sendable {
  /// Number of the session; names random streams.
  let number: Int
  /// n candidates.
  let request: EncodedRequest
  /// Per item its place in the list that was shown, from 0: `[n]`.
  let slots: [Int]
  /// By feedback kind, 1 for each item that got any of it and 0 for the others: `[n]`.
  let labels: [String: [Double]]
  /// The user's key, as in `EncodedSession`.
  let user: UInt64

  /// Nil for fewer than two shown items, which have no order.
  ///
  /// - Parameters:
  ///   - kinds: feedback kinds to keep, where the session has them.
  ///   - number: of the session among all that are asked about.
  init?(_ session: Session, kinds: [String], schema: FittedSchema, seed: UInt64, number: Int) {
    let count = session.shown.count
    guard count > 1 else { return nil }
    var stream = RandomStream(seed: seed, "labels.items", request: UInt64(number))
    let slots = stream.permutation(count)
    var restricted = session.request
    restricted.candidates = slots.map { session.request.candidates[session.shown[$0]] }
    self.number = number
    self.slots = slots
    request = schema.encode(restricted)
    user = FittedSchema.userKey(session.request.user.id)
    var labels: [String: [Double]] = [:]
    for kind in kinds {
      guard let feedback = session.feedback[kind], feedback.count == count else { continue }
      labels[kind] = slots.map { feedback[$0] > 0 ? 1 : 0 }
    }
    self.labels = labels
  }

  /// n
  var count: Int { slots.count }

  /// Items that are to be chosen: half of them, rounded up.
  var half: Int { (count + 1) / 2 }

  /// The items in the order in which they were shown.
  var loggedOrder: [Int] { slots.indices.sorted { slots[$0] < slots[$1] } }

  /// What a method is asked for a list of `length` of the items.
  func request(length: Int) -> MethodRequests {
    MethodRequests(
      batch: RequestBatch([request]), lengths: [length], logged: [loggedOrder],
      firstRequest: number)
  }
}

extension ShownItems {
  /// Those of the sessions that have an order, numbered by their place.
  static func of(
    _ sessions: [Session], kinds: [String], schema: FittedSchema, seed: UInt64, workers: Workers
  ) -> [ShownItems] {
    workers.map(sessions.count) { i in
      ShownItems(sessions[i], kinds: kinds, schema: schema, seed: seed, number: i)
    }.compactMap(\.self)
  }
}
