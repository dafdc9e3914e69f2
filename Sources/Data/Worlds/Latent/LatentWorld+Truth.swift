package import RandomStreams
package import Sessions

extension LatentWorld {
  /// The law for one request; make it once to judge many lists.
  ///
  /// - Precondition: `check(request)` does not throw.
  package func truth(for request: Request) -> LatentTruth {
    do {
      return LatentTruth(
        user: users[try ids.user(of: request)],
        items: try ids.items(of: request).map { items[$0] }, law: configuration)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// One user's answer to a list, drawn from the truth. Slots that the user did not read have no
  /// feedback, as in a log.
  package func respond(
    to request: Request, list: [Int], using stream: inout RandomStream
  ) -> [String: [Float]] {
    let truth = truth(for: request)
    var clicks = [Float](repeating: 0, count: list.count)
    var buys = clicks
    for (slot, attraction) in truth.attractions(of: list).enumerated() {
      let isClicked = stream.uniform() < attraction
      if isClicked {
        clicks[slot] = 1
        if stream.uniform() < truth.buyGivenClick[list[slot]] { buys[slot] = 1 }
      }
      let stay = truth.stay(clicked: isClicked, attraction: attraction)
      guard stream.uniform() < stay else { break }
    }
    return ["click": clicks, "buy": buys]
  }
}
