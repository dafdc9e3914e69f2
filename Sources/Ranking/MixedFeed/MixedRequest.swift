import Features
import FeedPlanning
import ListPolicy

/// One request of a batch, ready to be planned.
struct MixedRequest {
  /// Of the batch.
  let number: Int
  /// Row of its first candidate.
  let first: Int
  let length: Int
  /// Candidates that can come, in their order: no more organic items than the list has places, and those
  /// that are pinned.
  let organic: [Int]
  /// Per channel its inserts in their order.
  let inserts: [[Int]]
  let channels: [MixedChannel]
  /// Chance that each place is seen: `[length]`.
  let views: [Double]
  /// Raw columns, those of the objectives first.
  let columns: [[Float]]
  let pins: [Int: Int]

  init(
    _ batch: RequestBatch, _ number: Int, length: Int, _ constraints: DecodingConstraints,
    configuration: MixedConfiguration, flags: [Int], order: Int?
  ) {
    self.number = number
    self.length = length
    first = batch.offsets[number]
    columns = batch.columns[number]
    pins = constraints.pins
    let columns = columns
    let count = batch.candidateCount(number)
    var queues = MixedQueues(
      candidates: count, flags: flags.map { columns[$0] }, order: order.map { columns[$0] },
      bans: constraints.bans)
    queues.arrange(constraints, length: length, candidates: count)
    let pinned = Set(pins.values)
    organic = queues.organic.enumerated().filter {
      $0.offset < length + pinned.count || pinned.contains($0.element)
    }.map(\.element)
    inserts = queues.inserts
    channels = configuration.channels.map {
      $0.with(constraints.channels[$0.name]).under(constraints.rules, length: length)
    }
    var view = 1.0
    views = (0..<length).map { _ in
      defer { view *= configuration.viewDecay }
      return view
    }
  }

  /// Organic items as they stand without any insert, at most as many as the list has places.
  var baseline: [Int] { Array(organic.prefix(length)) }

  /// The candidate behind a choice.
  func candidate(_ choice: FeedChoice) -> Int {
    switch choice {
    case .organic(let place): organic[place]
    case .insert(let channel, let place): inserts[channel][place]
    }
  }

  func list(_ choices: [FeedChoice]) -> [Int] { choices.map(candidate) }

  /// What the views of a list's inserts cost.
  func price(of list: [Int]) -> Double {
    let own = inserts.map { Set($0) }
    return list.enumerated().reduce(0) { sum, entry in
      guard let channel = own.firstIndex(where: { $0.contains(entry.element) }) else { return sum }
      return sum + channels[channel].price * views[entry.offset]
    }
  }

  /// The problem that these values set.
  ///
  /// - Parameters:
  ///   - organic: `[organic item][slot]`.
  ///   - inserts: `[channel][insert][slot]`, prices not yet taken off.
  func problem(organic: [[Double]], inserts: [[[Double]]]) -> FeedProblem {
    FeedProblem(
      slots: length, organic: organic,
      channels: zip(channels, inserts).map { channel, values in
        FeedChannel(
          inserts: values.map { own in zip(own, views).map { $0 - channel.price * $1 } },
          ordered: channel.ordered, gap: channel.gap, first: channel.first - 1,
          minimum: min(channel.minimum, values.count),
          maximum: channel.maximum ?? values.count, share: channel.share)
      }, viewChances: views, fixed: fixed)
  }

  private var fixed: [Int: FeedChoice] {
    pins.compactMapValues { candidate in
      if let place = organic.firstIndex(of: candidate) { return .organic(place) }
      for (channel, queue) in inserts.enumerated() {
        if let place = queue.firstIndex(of: candidate) {
          return .insert(channel: channel, index: place)
        }
      }
      return nil
    }
  }
}
