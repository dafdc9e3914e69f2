import FeedPlanning
import RandomStreams

/// Small problems of all kinds: queues in order and free ones, gaps, first slots, counts, shares,
/// fixed slots, equal values, and too few organic items, so that some have no plan.
struct RandomProblems {
  var slots = 1...5
  var channels = 0...3
  var inserts = 0...3
  /// nil: each channel is in order or free by chance.
  var ordered: Bool?
  var hasShares = true

  func problem(seed: UInt64, _ index: UInt64) -> FeedProblem {
    var stream = RandomStream(seed: seed, "random feeds", request: index)
    let slots = stream.within(self.slots)
    var items = 0
    // Brute force has to stay short: at most 8 items.
    let channels = (0..<stream.within(self.channels)).map { _ in
      let count = min(stream.within(inserts), 5 - items)
      items += count
      return channel(&stream, slots, count)
    }
    let organic = stream.below(6) == 0 ? stream.within(0...slots) : slots - min(slots, items) / 2
    var problem = FeedProblem(
      slots: slots, organic: values(&stream, min(organic, 8 - items), slots), channels: channels,
      viewChances: (0..<slots).map { _ in stream.uniform() })
    fix(&problem, &stream)
    return problem
  }

  private func channel(_ stream: inout RandomStream, _ slots: Int, _ count: Int) -> FeedChannel {
    let minimum = stream.below(4) == 0 ? stream.within(0...2) : 0
    return FeedChannel(
      inserts: values(&stream, count, slots), ordered: ordered ?? (stream.below(2) == 0),
      gap: stream.within(1...4), first: stream.below(3) == 0 ? stream.within(0...2) : 0,
      minimum: minimum,
      maximum: stream.below(3) == 0 ? max(minimum, stream.within(0...3)) : .max,
      share: hasShares && stream.below(3) == 0 ? 0.7 * stream.uniform() : nil)
  }

  /// Values are whole numbers in a third of all cases, so that many plans are worth the same.
  private func values(_ stream: inout RandomStream, _ count: Int, _ slots: Int) -> [[Double]] {
    let isCoarse = stream.below(3) == 0
    return (0..<count).map { _ in
      (0..<slots).map { _ in
        isCoarse ? Double(stream.within(0...3)) : stream.normal() + 0.5
      }
    }
  }

  private func fix(_ problem: inout FeedProblem, _ stream: inout RandomStream) {
    guard stream.below(3) == 0 else { return }
    var items =
      problem.organic.indices.map { FeedChoice.organic($0) }
      + problem.channels.indices.flatMap { c in
        problem.channels[c].inserts.indices.map { .insert(channel: c, index: $0) }
      }
    for _ in 0..<stream.within(1...2) where !items.isEmpty {
      let slot = stream.below(problem.slots)
      if problem.fixed[slot] == nil {
        problem.fixed[slot] = items.remove(at: stream.below(items.count))
      }
    }
  }
}

extension RandomStream {
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }
}
