import RandomStreams
import Sessions

/// Visits: with `interestDrift` a user looks at page after page, drawn to something for the moment that
/// their features do not show. It shows in what they do on the pages before.
extension FeedWorld {
  /// Sessions in their place in visits: the visit, and the page from 0.
  private func place(_ index: Int) -> (visit: Int, page: Int) {
    let pages = configuration.visitPages
    return (index / pages, index % pages)
  }

  /// Seconds since 1970-01-01 UTC of session number `index`: pages of a visit follow each other.
  package func time(_ index: Int) -> Double {
    guard configuration.interestDrift > 0 else { return clock.time(index) }
    let (visit, page) = place(index)
    return clock.time(visit * configuration.visitPages)
      + Double(page) * configuration.pageSeconds
  }

  /// Request number `index` with what its user saw and did on the earlier pages of the visit.
  func visitRequest(_ index: Int) -> Request {
    let (visit, page) = place(index)
    let first = visit * configuration.visitPages
    var visitor = stream("visit", visit)
    let user = user(&visitor)
    var history: [Behaviour] = []
    for number in first..<first + page {
      history += behaviours(onPage: number, user: user, before: time(index))
    }
    var request = pageRequest(index, user: user)
    request.history = history
    return request
  }

  private func pageRequest(_ index: Int, user: Int) -> Request {
    var stream = stream("request", index)
    return draw(id: "r\(index)", user: user, at: time(index), &stream)
  }

  /// What a log knows of a page when a later one is asked for: the items that were shown, and the
  /// clicks, each with what was done to the item until then.
  private func behaviours(onPage index: Int, user: Int, before now: Double) -> [Behaviour] {
    let request = pageRequest(index, user: user)
    var logging = stream("logging", index)
    let list = loggedList(for: request, using: &logging).list
    var response = stream("response", index)
    let feedback = respond(to: request, list: list, using: &response)
    var exposures: [Behaviour] = []
    var clicks: [Behaviour] = []
    for (slot, candidate) in list.enumerated() where feedback["click"]?[slot].isNaN == false {
      let item = request.candidates[candidate]
      var action: FeatureMap = [:]
      var clicked: Double?
      for event in Self.events(feedback, slot: slot) {
        let time = rounded(time(index) + event.offset, 1000)
        guard time < now else { continue }
        action[event.kind.name] = event.kind.isMeasured ? .number(event.amount) : .flag(true)
        if event.kind.name == FeedbackKind.click.name { clicked = time }
      }
      exposures.append(
        Behaviour(
          type: Behaviour.exposure,
          time: time(index) + (configuration.survival ? 3 * Double(slot) : 0),
          item: item, position: slot + 1,
          action: action))
      if let clicked {
        action[FeedbackKind.click.name] = nil
        clicks.append(
          Behaviour(
            type: FeedbackKind.click.name, time: clicked, item: item, position: slot + 1,
            action: action))
      }
    }
    return configuration.survival
      ? (exposures + clicks).sorted { $0.time < $1.time } : exposures + clicks
  }

  /// What the user of a request is drawn to for the moment, beside their lasting taste; nothing without
  /// visits, and for requests that are none of this world's sessions.
  func interest(of request: Request) -> SIMD8<Float> {
    guard configuration.interestDrift > 0, request.id.first == "r",
      let index = Int(request.id.dropFirst()), index >= 0
    else { return SIMD8() }
    let (visit, page) = place(index)
    var stream = stream("interest", visit)
    var interest = topicDraw(&stream)
    let memory = Float(configuration.interestMemory)
    for _ in 0..<page {
      interest = memory * interest + (1 - memory * memory).squareRoot() * topicDraw(&stream)
    }
    return Float(configuration.interestDrift) * interest
  }
}
