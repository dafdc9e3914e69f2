package import RandomStreams
package import Sessions

/// A simulator whose truth is known: a source of sessions that can also say what any other list
/// would have earned.
///
/// Hidden numbers are functions of the configuration and of the ids in a request, so the truth
/// also works for requests that came back from a file.
package protocol World: Sendable {
  associatedtype Truth: ListTruth
  associatedtype Logging: StepwiseLogging

  /// Its key in the `data` section; also the first part of the names of its random streams.
  static var name: String { get }
  /// The kinds of feedback a session has, in the order in which an item gets them.
  static var kinds: [FeedbackKind] { get }
  /// Kinds that only some configurations have beside them.
  static var furtherKinds: [FeedbackKind] { get }

  /// Everything drawn depends on it.
  var seed: UInt64 { get }
  /// Users and items there are.
  var ids: NumberedIds { get }
  var clock: SessionClock { get }
  /// Seconds since 1970-01-01 UTC of session number `index`, to the millisecond.
  func time(_ index: Int) -> Double
  /// Places of a logged list.
  var listLength: Int { get }

  /// The request part of session number `index`.
  func request(_ index: Int) -> Request

  /// The logging policy for a request; it reads the request's features and no hidden numbers.
  func logging(for request: Request) -> Logging

  /// One user's answer to a list, drawn from the truth.
  func respond(
    to request: Request, list: [Int], using stream: inout RandomStream
  ) -> [String: [Float]]

  /// The law for one request; make it once to judge many lists.
  ///
  /// - Precondition: `check(request)` does not throw.
  func truth(for request: Request) -> Truth

  /// Whether the request can have come from this world: it knows the ids, and its items have the
  /// lasting features that the request says.
  func knows(_ request: Request) -> Bool
}

/// The law by which one request's user answers lists, in closed form.
package protocol ListTruth: Sendable {
  /// Exact expected feedback per slot and kind, `["click": [n], ...]`, for a list of n candidate
  /// indices, top down.
  func expectedFeedback(of list: [Int]) -> [String: [Float]]
}

extension World {
  /// Names of the kinds of feedback.
  package static var feedback: [String] { kinds.map(\.name) }

  package static var furtherKinds: [FeedbackKind] { [] }

  /// Names of all kinds that a configuration of the world can have.
  package static var possibleFeedback: [String] { (kinds + furtherKinds).map(\.name) }

  package func time(_ index: Int) -> Double { clock.time(index) }

  /// Session number `index`: a function of the configuration and the index only.
  package func session(_ index: Int) -> Session {
    let request = request(index)
    var logging = stream("logging", index)
    let (list, propensity) = loggedList(for: request, using: &logging)
    var response = stream("response", index)
    return Session(
      request: request, time: time(index), shown: list,
      feedback: respond(to: request, list: list, using: &response), propensity: propensity)
  }

  /// A list as the upstream system would show it, and per slot the exact chance of its item given
  /// the items above.
  package func loggedList(
    for request: Request, using stream: inout RandomStream
  ) -> (list: [Int], propensity: [Float]) {
    logging(for: request).list(length: listLength, using: &stream)
  }

  /// Exact expected feedback per slot and kind: `["click": [n], ...]`.
  ///
  /// - Precondition: `check(request)` does not throw.
  package func expectedFeedback(for request: Request, list: [Int]) -> [String: [Float]] {
    truth(for: request).expectedFeedback(of: list)
  }

  /// Throws unless the user and all candidates of the request are known to this world.
  package func check(_ request: Request) throws(ForeignRequestError) {
    _ = try ids.user(of: request)
    _ = try ids.items(of: request)
  }

  /// The world's own stream of random numbers for one purpose and session, user or item.
  func stream(_ purpose: String, _ number: Int) -> RandomStream {
    RandomStream(seed: seed, name: "\(Self.name).\(purpose)", request: UInt64(number))
  }
}
