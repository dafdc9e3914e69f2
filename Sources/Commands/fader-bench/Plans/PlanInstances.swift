import FeedPlanning
import Foundation
import RandomStreams

/// A kind of made-up mixed feed.
struct PlanKind: Sendable {
  var name: String
  var ordered: Bool
  var inserts: Int
  var share: Double?

  static let all = [
    PlanKind(name: "queues", ordered: true, inserts: 4),
    PlanKind(name: "queues, shares", ordered: true, inserts: 4, share: 0.15),
    PlanKind(name: "free", ordered: false, inserts: 4),
    PlanKind(name: "free, shares", ordered: false, inserts: 4, share: 0.15),
    PlanKind(name: "free, 12 inserts", ordered: false, inserts: 12),
  ]
}

/// Made-up mixed feeds: views fall by 1 / (1 + s t); a value is what the item earns when it is seen,
/// times the chance of that, times what the surroundings of the slot make of it.
struct PlanInstances {
  var seed: UInt64
  var slots = 20
  var channels = 3
  var gap = 4

  /// - Parameter restricted: whether some slots are fixed and some minima set, too.
  func problem(_ kind: PlanKind, _ index: Int, restricted: Bool = false) -> FeedProblem {
    var stream = RandomStream(
      seed: seed, name: "plans " + kind.name, request: UInt64(index))
    let decay = 0.05 + 0.2 * stream.uniform()
    let views = (0..<slots).map { 1 / (1 + decay * Double($0)) }
    let qualities = (0..<slots).map { _ in 0.2 + stream.uniform() }.sorted(by: >)
    let organic = qualities.map { quality in views.map { quality * $0 } }
    var problem = FeedProblem(
      slots: slots, organic: organic, channels: [], viewChances: views)
    problem.channels = (0..<channels).map { _ in
      FeedChannel(
        inserts: (0..<kind.inserts).map { _ in insert(views, &stream) }, ordered: kind.ordered,
        gap: gap, first: 1, share: kind.share)
    }
    if restricted, channels > 0 { restrict(&problem, &stream) }
    return problem
  }

  /// An insert's values: a price of exposure is subtracted.
  private func insert(_ views: [Double], _ stream: inout RandomStream) -> [Double] {
    let quality = 0.2 + 1.3 * stream.uniform()
    return views.map { $0 * (quality * exp(0.25 * stream.normal()) - 0.1) }
  }

  private func restrict(_ problem: inout FeedProblem, _ stream: inout RandomStream) {
    if stream.below(2) == 0 { problem.channels[stream.below(channels)].minimum = 2 }
    if stream.below(2) == 0 { problem.channels[stream.below(channels)].maximum = 2 }
    if stream.below(3) == 0 { problem.fixed[stream.below(slots)] = .organic(stream.below(slots)) }
    if stream.below(3) == 0 {
      let channel = stream.below(channels)
      problem.fixed[1 + stream.below(slots - 1)] = .insert(
        channel: channel, index: stream.below(problem.channels[channel].inserts.count))
    }
  }
}
