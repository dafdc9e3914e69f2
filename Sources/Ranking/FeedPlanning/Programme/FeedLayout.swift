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
    /// Whether the capacity can bind.
    var hasShare: Bool { limit > 0 && capacity.isFinite }
    /// `[slot * (limit + 1) + k]`: the least that k inserts from a slot on weigh, gaps held.
    let lightest: [Double]
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
    let open = (0..<problem.slots).map { t in
      t >= channel.first && problem.fixed[t] == nil && !pins.contains { abs($0 - t) < gap }
    }
    let left = whole - weight
    let table = Self.lightest(problem.viewChances, open, gap: gap, most: items.count)
    let most = Self.affordable(table.prefix(items.count + 1), left)
    limit = min(most, channel.maximum - pins.count)
    need = max(0, channel.minimum - pins.count)
    isLoose = !channel.ordered && need == 0 && limit == most
    if need > limit {
      throw .minimum(channel: c, demanded: channel.minimum, possible: limit + pins.count)
    }
    let (width, kept) = (items.count + 1, limit + 1)
    lightest = (0...problem.slots).flatMap { t in table[(t * width)...].prefix(kept) }
    ordered = channel.ordered
    self.gap = limit == 0 ? 1 : gap
    first = channel.first
    capacity = left
    values = items.flatMap { channel.inserts[$0] }
  }

  /// `[slot * (most + 1) + k]`: the least weight of k open slots from a slot on that keep the gap;
  /// infinite where there are none.
  private static func lightest(
    _ weights: [Double], _ open: [Bool], gap: Int, most: Int
  ) -> [Double] {
    let width = most + 1
    var table = [Double](repeating: .infinity, count: (weights.count + 1) * width)
    table[weights.count * width] = 0
    for slot in weights.indices.reversed() {
      let later = min(slot + gap, weights.count) * width
      for k in 0...most {
        let without = table[(slot + 1) * width + k]
        let with = open[slot] && k > 0 ? weights[slot] + table[later + k - 1] : .infinity
        table[slot * width + k] = min(without, with)
      }
    }
    return table
  }

  /// The largest k whose least weight a capacity allows.
  private static func affordable(_ lightest: ArraySlice<Double>, _ capacity: Double) -> Int {
    (lightest.lastIndex { $0.isFinite && $0 <= capacity } ?? lightest.startIndex)
      - lightest.startIndex
  }

  /// Most inserts that a capacity allows from a slot on.
  func affordable(from slot: Int, _ capacity: Double) -> Int {
    let start = slot * (limit + 1)
    // Sums in another order differ in their last bits.
    return Self.affordable(lightest[start...start + limit], capacity + 1e-12 * (1 + capacity))
  }
}
