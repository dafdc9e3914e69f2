/// Minimum-cost flow from a source over the groups of one partition, one edge per item, and the groups
/// of another partition to a sink, by successive shortest augmenting paths.
///
/// The source edge of a group costs -1 floor for each unit up to its floor (the compulsory part), nothing up
/// to its cap, and one excess beyond it; so do the edges into the sink. Costs along an edge rise, hence k
/// augmentations give the cheapest flow of k units. An item costs its score, taken negative. The edges of
/// two groups are kept together as a `Cell`, in falling order of score: a flow always takes its first ones.
struct QuotaFlow {
  /// The items that lie in one group of either partition.
  private struct Cell {
    let left: Int
    let right: Int
    /// Best first.
    var items: [Int] = []
    /// The first so many are kept.
    var kept = 0
    /// Of keeping one more, and of keeping one less.
    var forward = PathCost.infinite
    var backward = PathCost.infinite
  }

  private let left: QuotaPartition
  private let right: QuotaPartition
  /// Of keeping each item: `[M]`.
  private let costs: [PathCost]
  private var cells: [Cell] = []
  private var leftCounts: [Int]
  private var rightCounts: [Int]
  /// Cheapest way to each group so far, and the cell by which it came; nil from the source.
  private var toLeft: [PathCost]
  private var toRight: [PathCost]
  private var intoLeft: [Int?]
  private var intoRight: [Int?]

  init(
    scores: [Double], left: QuotaPartition, right: QuotaPartition, compulsory: [Int]
  ) {
    self.left = left
    self.right = right
    var costs = ScoreSteps.steps(of: scores).map { PathCost(quotas: 0, score: -$0) }
    for item in compulsory { costs[item].quotas = PathCost.compulsory }
    self.costs = costs
    leftCounts = left.caps.map { _ in 0 }
    rightCounts = right.caps.map { _ in 0 }
    toLeft = left.caps.map { _ in .infinite }
    toRight = right.caps.map { _ in .infinite }
    intoLeft = left.caps.map { _ in nil }
    intoRight = right.caps.map { _ in nil }
    let order = costs.indices.sorted {
      costs[$0] == costs[$1] ? $0 < $1 : costs[$0] < costs[$1]
    }
    var places: [Int: Int] = [:]
    for item in order {
      let (l, r) = (left.groups[item], right.groups[item])
      let key = l * right.caps.count + r
      let place = places[key] ?? cells.count
      if place == cells.count {
        places[key] = place
        cells.append(Cell(left: l, right: r))
      }
      cells[place].items.append(item)
    }
    for place in cells.indices { price(place) }
  }

  /// Items of the flow, ascending.
  var kept: [Int] { cells.flatMap { $0.items.prefix($0.kept) }.sorted() }

  /// Keeps one item more, in the cheapest way.
  ///
  /// - Precondition: there is an item that is not kept.
  mutating func augment() {
    findPaths()
    var (end, lowest) = (0, PathCost.infinite)
    for group in toRight.indices where toRight[group].quotas < .max {
      let cost = toRight[group] + marginal(right, group, rightCounts[group])
      if cost < lowest { (end, lowest) = (group, cost) }
    }
    rightCounts[end] += 1
    var group = end
    while let taken = intoRight[group] {
      cells[taken].kept += 1
      price(taken)
      guard let given = intoLeft[cells[taken].left] else {
        leftCounts[cells[taken].left] += 1
        return
      }
      cells[given].kept -= 1
      price(given)
      group = cells[given].right
    }
    preconditionFailure("no item is left to keep")
  }

  /// Bellman and Ford's relaxation, in turn over the cells onwards and back, until nothing changes.
  private mutating func findPaths() {
    for group in toLeft.indices {
      toLeft[group] = marginal(left, group, leftCounts[group])
      intoLeft[group] = nil
    }
    for group in toRight.indices {
      toRight[group] = .infinite
      intoRight[group] = nil
    }
    var changes = true
    while changes {
      changes = false
      for place in cells.indices where cells[place].forward.quotas < .max {
        let cost = toLeft[cells[place].left] + cells[place].forward
        guard cost < toRight[cells[place].right] else { continue }
        toRight[cells[place].right] = cost
        intoRight[cells[place].right] = place
        changes = true
      }
      guard changes else { return }
      changes = false
      for place in cells.indices where cells[place].backward.quotas < .max {
        guard toRight[cells[place].right].quotas < .max else { continue }
        let cost = toRight[cells[place].right] + cells[place].backward
        guard cost < toLeft[cells[place].left] else { continue }
        toLeft[cells[place].left] = cost
        intoLeft[cells[place].left] = place
        changes = true
      }
    }
  }

  private mutating func price(_ place: Int) {
    let cell = cells[place]
    cells[place].forward =
      cell.kept < cell.items.count ? costs[cell.items[cell.kept]] : .infinite
    if cell.kept > 0 {
      let cost = costs[cell.items[cell.kept - 1]]
      cells[place].backward = PathCost(quotas: -cost.quotas, score: -cost.score)
    } else {
      cells[place].backward = .infinite
    }
  }

  private func marginal(_ side: QuotaPartition, _ group: Int, _ count: Int) -> PathCost {
    let quotas =
      count < side.floors[group] ? PathCost.floor : count < side.caps[group] ? 0 : PathCost.excess
    return PathCost(quotas: quotas, score: 0)
  }
}
