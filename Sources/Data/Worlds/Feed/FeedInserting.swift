import Sessions

/// How the logging policy of a mixed feed chooses between organic items and inserts: with a constant chance
/// a place gets an insert of one of the channels that may stand there, any of them alike.
struct FeedInserting: Sendable {
  private let channels: [FeedChannel?]
  private let rate: Double
  private let gap: Int
  /// From 0.
  private let first: Int

  init(_ request: Request, _ configuration: FeedWorldConfiguration) {
    channels = request.candidates.map { FeedChannel($0) }
    rate = configuration.insertRate
    gap = configuration.insertGap
    first = configuration.insertFirst - 1
  }

  /// Chance of each candidate to come next: `[M]`; 0 for those already placed.
  func chances(of values: [Double], after placed: [Int], _ draw: MixedSoftmax) -> [Double] {
    let isPlaced = placed.reduce(into: [Bool](repeating: false, count: values.count)) {
      $0[$1] = true
    }
    func left(_ channel: FeedChannel?) -> [Int] {
      values.indices.filter { channels[$0] == channel && !isPlaced[$0] }
    }
    let near = placed.suffix(gap - 1).map { channels[$0] }
    let organic = left(nil)
    let open = FeedChannel.allCases.filter { channel in
      organic.isEmpty || (placed.count >= first && !near.contains(channel))
    }.map { left($0) }.filter { !$0.isEmpty }
    let inserted = organic.isEmpty ? 1 : open.isEmpty ? 0 : rate
    var chances = [Double](repeating: 0, count: values.count)
    var groups = open.map { (items: $0, chance: inserted / Double(open.count)) }
    if !organic.isEmpty { groups.append((organic, 1 - inserted)) }
    for group in groups {
      let members = Set(group.items)
      let own = draw.chances(of: values, without: values.indices.filter { !members.contains($0) })
      for i in group.items { chances[i] = group.chance * own[i] }
    }
    return chances
  }
}
