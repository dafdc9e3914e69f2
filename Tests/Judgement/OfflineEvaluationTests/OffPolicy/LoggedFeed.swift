import RandomStreams
import Sessions
import Statistics
import Worlds

/// Lists that a feed's own policy logged, as evidence about a policy that explores less.
///
/// Requests, lists and chances are the same under every click law; only the clicks differ.
struct LoggedFeed: Sendable {
  private let logging: FeedWorld
  private let target: FeedWorld
  private let answering: [(law: ClickLaw, world: FeedWorld)]

  init(loggingExploration: Double = 0.6, targetExploration: Double = 0.3) {
    logging = FeedWorld(ClickLaw.neighbours.configuration(exploration: loggingExploration))
    target = FeedWorld(ClickLaw.neighbours.configuration(exploration: targetExploration))
    answering = ClickLaw.allCases.map {
      ($0, FeedWorld($0.configuration(exploration: loggingExploration)))
    }
  }

  /// Session number `index` under each law.
  func slates(_ index: Int) -> [ClickLaw: LoggedSlate] {
    let session = logging.session(index)
    let request = session.request
    let targetPolicy = policy(target, request)
    let scores = request.candidates.map { $0.features["score"]?.number ?? 0.5 }

    var slots: [LoggedSlot] = []
    for (slot, item) in session.shown.enumerated() {
      let chances = targetPolicy.chances(Array(session.shown.prefix(slot)))
      // A crude model of the slot's own click on purpose: the estimator must not lean on it.
      let expected = zip(chances, scores).reduce(0) { $0 + $1.0 * LoggedFeed.guess($1.1) }
      slots.append(
        LoggedSlot(
          reward: 0, logging: session.propensity.map { Double($0[slot]) }, target: chances[item],
          prediction: LoggedSlot.Prediction(
            logged: LoggedFeed.guess(scores[item]), expected: expected)))
    }
    let user = UInt64(request.user.id.dropFirst()) ?? 0
    var slates: [ClickLaw: LoggedSlate] = [:]
    for (law, world) in answering {
      var stream = RandomStream(seed: 1, "coverage.clicks", request: UInt64(index))
      let clicks = world.respond(to: request, list: session.shown, using: &stream)["click"] ?? []
      var slate = LoggedSlate(cluster: user, slots: slots)
      for (slot, click) in clicks.enumerated() { slate.slots[slot].reward = Double(click) }
      slates[law] = slate
    }
    return slates
  }

  /// Exact expected clicks per list of the target policy for request number `index`.
  func values(_ index: Int) -> [ClickLaw: Double] {
    let request = logging.request(index)
    let targetPolicy = policy(target, request)
    var values: [ClickLaw: Double] = [:]
    for (law, world) in answering {
      let truth = world.truth(for: request)
      var value = 0.0
      targetPolicy.forEachList { value += $1 * truth.clickChances(of: $0).reduce(0, +) }
      values[law] = value
    }
    return values
  }

  private func policy(_ world: FeedWorld, _ request: Request) -> StepPolicy {
    let law = world.logging(for: request)
    return StepPolicy(
      candidates: request.candidates.count, length: world.configuration.listLength,
      chances: law.chances(after:))
  }

  private static func guess(_ score: Double) -> Double { 0.15 + 0.4 * score }
}
