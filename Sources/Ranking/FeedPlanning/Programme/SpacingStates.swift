/// States of spacing: for each channel the slots that have to pass until it may come again.
///
/// Only states that some list reaches are numbered. Two channels are never placed in one slot, so
/// with three channels of gap 4 there are 34 of 64. States are numbered as they are met; `enumerate`
/// meets them all.
struct SpacingStates: Sendable {
  /// Gap of each channel, at least 1.
  let gaps: [Int]
  private(set) var waits: [[Int]]
  private var numbers: [[Int]: Int]
  /// `[state * (channels + 1) + move]`: the state after an organic item (move 0) or an insert of
  /// channel move - 1; -1 where that channel has to wait, -2 where it is not known yet.
  private var after: [Int]
  private let moves: Int

  init(gaps: [Int]) {
    self.gaps = gaps
    let start = gaps.map { _ in 0 }
    waits = [start]
    numbers = [start: 0]
    moves = gaps.count + 1
    after = Array(repeating: -2, count: moves)
  }

  var count: Int { waits.count }

  /// The state after an organic item, or after an insert of a channel; nil where it has to wait.
  mutating func next(_ state: Int, channel: Int?) -> Int? {
    let place = state * moves + (channel.map { $0 + 1 } ?? 0)
    if after[place] == -2 { after[place] = computed(state, channel) }
    return after[place] >= 0 ? after[place] : nil
  }

  /// The same for states that have all been met.
  func known(_ state: Int, channel: Int?) -> Int? {
    let next = after[state * moves + (channel.map { $0 + 1 } ?? 0)]
    precondition(next != -2, "state \(state) of spacing has not been followed")
    return next >= 0 ? next : nil
  }

  private mutating func computed(_ state: Int, _ channel: Int?) -> Int {
    var following = waits[state].map { max(0, $0 - 1) }
    if let channel {
      guard waits[state][channel] == 0 else { return -1 }
      following[channel] = gaps[channel] - 1
    }
    if let number = numbers[following] { return number }
    numbers[following] = count
    waits.append(following)
    after += Array(repeating: -2, count: moves)
    return count - 1
  }

  /// Meets every state, unless there are more than `most`: then it says false.
  mutating func enumerate(most: Int) -> Bool {
    var state = 0
    while state < count {
      _ = next(state, channel: nil)
      for c in gaps.indices { _ = next(state, channel: c) }
      if count > most { return false }
      state += 1
    }
    return true
  }

  /// The state of looser gaps that a state of these stands for.
  func looser(_ state: Int, in coarse: SpacingStates) -> Int? {
    coarse.numbers[
      waits[state].indices.map { max(0, waits[state][$0] - (gaps[$0] - coarse.gaps[$0])) }]
  }
}
