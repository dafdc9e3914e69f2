import Features
import ListPolicy
import ListSearch
import Objectives
import RandomStreams
import ScreenModel
import Sessions
import Worlds

/// How a phone decides what is shown next.
enum PhonePolicy: String, CaseIterable, Sendable {
  /// The order of the upstream score.
  case score
  /// One list for a whole page, written greedily when the page is asked for.
  case page
  /// The same, found by a beam.
  case pageBeam = "page, beam"
  /// After every item the best next one, item by item.
  case each = "each item, greedy"
  /// After every item the first of the list that a beam finds.
  case eachBeam = "each item, beam"

  var decidesAgain: Bool { self == .each || self == .eachBeam }
}

/// What one place of a page earned, where the user got to it.
struct PhonePlace: Sendable {
  let page: Int
  let slot: Int
  /// Candidates of the page that were left when it was decided.
  let left: Int
  /// Chances by the world's law, given the history of the visit.
  let click: Double
  let like: Double
}

/// A user's visit to a feed that is watched one item after the other, page after page.
///
/// The user answers to each item by the law of the world, with what stands above it; the world must have
/// no contrast, since what stands below is not decided yet. Random numbers belong to a place of the visit,
/// so all policies meet the same luck.
struct PhoneVisit: Sendable {
  let world: FeedWorld
  let model: ScreenCheckpoint
  let weights: PreparedWeights
  let width: Int
  let seed: UInt64
  /// Items of a page.
  var length: Int { world.configuration.listLength }

  /// - Parameter visit: number of the visit in the world.
  func places(_ policy: PhonePolicy, visit: Int) -> [PhonePlace] {
    let pages = world.configuration.interestDrift > 0 ? world.configuration.visitPages : 1
    var history: [Behaviour] = []
    var places: [PhonePlace] = []
    for page in 0..<pages {
      let number = visit * pages + page
      var request = world.request(number)
      request.history = history
      let start = world.time(number)
      let truth = world.truth(for: request)
      var planned = plan(policy, request, length: length)
      var shown: [Int] = []
      for slot in 0..<length {
        let left = request.candidates.count - slot
        if policy.decidesAgain, slot > 0 {
          planned = next(policy, request, after: shown, history: history)
        }
        let item = planned[policy.decidesAgain ? 0 : slot]
        shown.append(item)
        let chance = truth.clickChances(of: shown)[slot]
        places.append(
          PhonePlace(
            page: page, slot: slot, left: left, click: chance,
            like: chance * truth.likeGivenClick[item]))
        var stream = RandomStream(
          seed: seed, "phone.answer", step: UInt64(slot), request: UInt64(number))
        let answer = truth.answer(to: item, click: chance, using: &stream)
        history.append(
          behaviour(answer, request.candidates[item], slot: slot, at: start + 3 * Double(slot)))
        if !answer.goesOn { break }
      }
    }
    return places
  }

  private func behaviour(
    _ answer: FeedWorld.Answer, _ item: Candidate, slot: Int, at time: Double
  ) -> Behaviour {
    var action: FeatureMap = [:]
    if answer.isClicked { action["click"] = .flag(true) }
    if answer.isLiked { action["like"] = .flag(true) }
    if answer.dwell > 0 { action["dwell"] = .number(Double(answer.dwell)) }
    if answer.goesOn { action["has_next"] = .flag(true) }
    return Behaviour(
      type: Behaviour.exposure, time: time, item: item, position: slot + 1, action: action)
  }

  /// A list for the page, or for its first place.
  private func plan(_ policy: PhonePolicy, _ request: Request, length: Int) -> [Int] {
    if policy == .score {
      let scores = request.candidates.map { $0.features["score"]?.number ?? 0 }
      return Array(
        scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
          .prefix(length))
    }
    let wide = policy == .pageBeam || policy == .eachBeam
    return model.policy.searches(
      RequestBatch([model.schema.encode(request)]), weights: [weights], lengths: [length],
      beam: {
        AdaptiveBeam(
          width: wide ? width : 1, decided: policy.decidesAgain ? 1 : $0, stability: 0.95)
      })[0].items
  }

  /// The next items for what is left of a page.
  private func next(
    _ policy: PhonePolicy, _ request: Request, after shown: [Int], history: [Behaviour]
  ) -> [Int] {
    var left = request
    let places = request.candidates.indices.filter { !shown.contains($0) }
    left.candidates = places.map { request.candidates[$0] }
    left.history = history
    return plan(policy, left, length: length - shown.count).map { places[$0] }
  }
}
