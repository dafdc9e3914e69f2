/// The programme solved backwards: for every slot, state of spacing and state of progress, the most
/// that the slots from there on can add.
///
///     h(t, a, p) = max over what may stand in slot t of  its value - its price + h(t + 1, a', p')
///     h(n, a, p) = 0 where all minima are met, else -infinity
///
/// It is exact for queues in order and for digits that are sets. Otherwise it is an upper bound: an
/// insert may come twice, shares are not held, and both cost their prices. One table has
/// (n + 1) * (states of spacing) * (states of progress) numbers, and takes that many steps for each
/// channel that may come.
struct ValueToGo: Sendable {
  let layout: FeedLayout
  let spacing: SpacingStates
  let progress: ProgressStates
  private(set) var prices: FeedPrices
  /// `[(n - t) * spacing.count + a][p]`, each row followed by -infinity as far as a move reaches.
  private var table: [Double] = []
  private let width: Int
  let moves: [FeedMove]
  /// `[state * (moves + 1) + move]`: the state of spacing after an organic item (the last of each
  /// state's) or a move; -1 where it may not be made.
  private let after: [Int]

  init(_ layout: FeedLayout, _ form: TableForm) {
    self.layout = layout
    spacing = form.spacing
    progress = form.progress
    prices = FeedPrices(layout)
    let moves = FeedMove.all(layout, progress)
    self.moves = moves
    width = progress.count + (moves.map(\.step).max() ?? 0)
    after = (0..<form.spacing.count).flatMap { state in
      (moves.map { Optional($0.channel) } + [nil]).map { channel in
        form.spacing.known(state, channel: channel) ?? -1
      }
    }
    solve(prices)
  }

  /// Whether h is what can be reached, and not only a bound of it.
  var isExact: Bool {
    progress.isExact.allSatisfy(\.self) && spacing.gaps == layout.queues.map(\.gap)
      && !layout.queues.contains(where: \.hasShare)
  }

  /// h at a slot.
  func callAsFunction(_ slot: Int, _ spacing: Int, _ progress: Int) -> Double {
    table[((layout.slots - slot) * self.spacing.count + spacing) * width + progress]
  }

  /// Fills the table for other prices.
  mutating func solve(_ prices: FeedPrices) {
    self.prices = prices
    table.removeAll(keepingCapacity: true)
    table.reserveCapacity((layout.slots + 1) * spacing.count * width)
    let last = terminal()
    for _ in 0..<spacing.count { table += last }
    var gains = moves.map { _ in [Double](repeating: 0, count: progress.count) }
    var organic = [Double](repeating: 0, count: progress.count)
    var row = [Double](repeating: -.infinity, count: width)
    for slot in stride(from: layout.slots - 1, through: 0, by: -1) {
      let below = table.count - spacing.count * width
      if let choice = layout.fixed[slot] {
        appendFixed(choice, slot, below: below, row: &row)
        continue
      }
      fillOrganic(&organic, slot)
      let open = moves.indices.filter { slot >= layout.queues[moves[$0].channel].first }
      for m in open { moves[m].fill(&gains[m], slot, layout, progress, prices) }
      for state in 0..<spacing.count {
        let first = state * (moves.count + 1)
        set(&row, organic, from: below + after[first + moves.count] * width)
        for m in open where after[first + m] >= 0 {
          raise(&row, gains[m], from: below + after[first + m] * width + moves[m].step)
        }
        table += row
      }
    }
  }

  private func terminal() -> [Double] {
    (0..<width).map { p in
      guard p < progress.count else { return -.infinity }
      for (place, digit) in progress.digits.enumerated() where digit.kind != .spent {
        let taken = progress.taken(place, Int(progress.values[place][p]))
        let need = digit.channels.reduce(0) { $0 + layout.queues[$1].need }
        if taken < need { return -.infinity }
      }
      return 0
    }
  }

  private mutating func appendFixed(
    _ choice: FeedChoice, _ slot: Int, below: Int, row: inout [Double]
  ) {
    let value = layout.problem.value(of: choice, at: slot)
    for state in 0..<spacing.count {
      let next = spacing.known(state, channel: choice.channel)
      for p in 0..<progress.count {
        row[p] = next.map { value + table[below + $0 * width + p] } ?? -.infinity
      }
      table += row
    }
  }

  private func fillOrganic(_ organic: inout [Double], _ slot: Int) {
    let most = progress.taken.max() ?? 0
    let byTaken = (0...Int(most)).map { layout.organicValue(at: slot, after: $0) ?? -.infinity }
    for p in organic.indices { organic[p] = byTaken[Int(progress.taken[p])] }
  }

  private func set(_ row: inout [Double], _ gain: [Double], from base: Int) {
    var out = row.mutableSpan
    setSums(&out, gain.span, table.span.extracting(base..<base + progress.count))
  }

  private func raise(_ row: inout [Double], _ gain: [Double], from base: Int) {
    var out = row.mutableSpan
    raiseToSums(&out, gain.span, table.span.extracting(base..<base + progress.count))
  }
}

/// out[p] = gain[p] + next[p]
private func setSums(_ out: inout MutableSpan<Double>, _ gain: Span<Double>, _ next: Span<Double>) {
  precondition(out.count >= gain.count && next.count == gain.count)
  for p in 0..<gain.count { out[p] = gain[p] + next[p] }
}

/// out[p] = max(out[p], gain[p] + next[p])
private func raiseToSums(
  _ out: inout MutableSpan<Double>, _ gain: Span<Double>, _ next: Span<Double>
) {
  precondition(out.count >= gain.count && next.count == gain.count)
  for p in 0..<gain.count {
    let sum = gain[p] + next[p]
    out[p] = sum > out[p] ? sum : out[p]
  }
}
