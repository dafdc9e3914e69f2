/// A sound problem as the methods read it: what is fixed is taken out of the queues, limits are made
/// as tight as is cheap.
struct FeedLayout: Sendable {
  /// The queue of one channel.
  struct Queue: Sendable {
    /// Inserts that are not fixed, by their index in the channel.
    let items: [Int]
    let ordered: Bool
    /// Gap, at most the number of slots; 1 where nothing can be taken.
    let gap: Int
    let first: Int
    /// Least and most inserts that may be taken from the queue, beside the fixed ones.
    let need: Int
    let limit: Int
    /// What the slots of taken inserts may weigh; infinite without a share.
    let capacity: Double
    /// Whether a free queue's counts need no watching: it has no minimum, and as many inserts as
    /// may be taken at all.
    let isLoose: Bool
    /// `[position in the queue * slots + slot]`.
    let values: [Double]
  }

  let problem: FeedProblem
  let slots: Int
  /// Organic items that are not fixed.
  let organic: [Int]
  let queues: [Queue]
  /// What is fixed, slot by slot.
  let fixed: [FeedChoice?]
  /// Slots above each slot in which nothing is fixed.
  let freeAbove: [Int]
  let weights: [Double]
  /// What of rounding is nothing: far below what a plan's value can resolve.
  let resolution: Double

  /// - Throws: a reason that no list can obey the problem, where it is cheap to see.
  init(_ problem: FeedProblem) throws(FeedInfeasibility) {
    self.problem = problem
    let slots = problem.slots
    let reserved = Set(problem.fixed.values)
    self.slots = slots
    organic = problem.organic.indices.filter { !reserved.contains(.organic($0)) }
    fixed = (0..<slots).map { problem.fixed[$0] }
    var free = 0
    freeAbove = fixed.map { choice in
      defer { free += choice == nil ? 1 : 0 }
      return free
    }
    weights = problem.viewChances
    var queues: [Queue] = []
    for c in problem.channels.indices { queues.append(try Queue(problem, c, reserved)) }
    self.queues = queues
    let possible = queues.reduce(0) { $0 + $1.limit }
    if organic.count + possible < free {
      throw .emptySlots(slots: free, organic: organic.count, inserts: possible)
    }
    var largest = 0.0
    for rows in [problem.organic] + problem.channels.map(\.inserts) {
      for row in rows { for value in row { largest = max(largest, abs(value)) } }
    }
    resolution = 1e-13 * Double(max(1, slots)) * largest
  }

  /// The value of the organic item that comes after `inserts` taken inserts; nil past the last.
  func organicValue(at slot: Int, after inserts: Int) -> Double? {
    let next = freeAbove[slot] - inserts
    guard organic.indices.contains(next) else { return nil }
    return problem.organic[organic[next]][slot]
  }
}

extension FeedLayout.Queue {
  fileprivate init(
    _ problem: FeedProblem, _ c: Int, _ reserved: Set<FeedChoice>
  ) throws(FeedInfeasibility) {
    let channel = problem.channels[c]
    let pins = problem.fixed.filter { $0.value.channel == c }.map(\.key).sorted()
    let gap = min(channel.gap, max(1, problem.slots))
    if pins.count > channel.maximum {
      throw .fixedBeyondMaximum(channel: c, fixed: pins.count, maximum: channel.maximum)
    }
    for (above, below) in zip(pins, pins.dropFirst()) where below - above < gap {
      throw .fixedTooClose(channel: c, slots: [above, below], gap: channel.gap)
    }
    let whole = problem.capacity(ofChannel: c)
    let weight = pins.reduce(0) { $0 + problem.viewChances[$1] }
    if weight > whole { throw .fixedBeyondShare(channel: c, weight: weight, capacity: whole) }
    items = channel.inserts.indices.filter {
      !reserved.contains(.insert(channel: c, index: $0))
    }
    let open = (0..<problem.slots).filter { t in
      t >= channel.first && problem.fixed[t] == nil && !pins.contains { abs($0 - t) < gap }
    }
    let possible = min(
      items.count, Self.most(open, gap: gap),
      Self.most(open.map { problem.viewChances[$0] }, capacity: whole - weight))
    limit = min(possible, channel.maximum - pins.count)
    need = max(0, channel.minimum - pins.count)
    isLoose = !channel.ordered && need == 0 && limit == possible
    if need > limit {
      throw .minimum(channel: c, demanded: channel.minimum, possible: limit + pins.count)
    }
    ordered = channel.ordered
    self.gap = limit == 0 ? 1 : gap
    first = channel.first
    capacity = whole - weight
    values = items.flatMap { channel.inserts[$0] }
  }

  /// Most of some slots that can be taken with a gap: the first one that is far enough, each time.
  private static func most(_ slots: [Int], gap: Int) -> Int {
    var last: Int?
    return slots.count { t in
      guard last.map({ t - $0 >= gap }) ?? true else { return false }
      last = t
      return true
    }
  }

  /// Most of some weights whose sum stays within a capacity: the lightest.
  private static func most(_ weights: [Double], capacity: Double) -> Int {
    var left = capacity
    return weights.sorted().prefix { weight in
      left -= weight
      return left >= 0
    }.count
  }
}
