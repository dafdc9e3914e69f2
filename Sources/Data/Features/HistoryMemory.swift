import Synchronization

/// What frozen models made of the behaviours of one user, kept from request to request, so that only
/// new or changed behaviours are encoded.
///
/// Behaviours are known by what they are as numbers, so a memory never gives anything that a model would
/// not make again. It is for models whose parameters no longer change.
package final class HistoryMemory: Sendable {
  private struct Owner: Hashable {
    let model: ObjectIdentifier
    let sequence: Int
  }

  /// What a model made of a sequence: a key and a value for each behaviour, and at the end those that
  /// stand for nothing.
  package struct Encodings: Sendable {
    fileprivate var names: [Int] = []
    /// `[S + 1, A]`
    package fileprivate(set) var keys: [Float] = []
    /// `[S + 1, V]`
    package fileprivate(set) var values: [Float] = []
  }

  private struct State {
    /// The behaviours that were seen last, and their names.
    var histories: [EncodedHistory] = []
    var names: [[Int]] = []
    var next = 0
    var made: [Owner: Encodings] = [:]

    mutating func newNames(_ count: Int) -> [Int] {
      next += count
      return Array(next - count..<next)
    }
  }

  private let state = Mutex(State())

  package init() {}

  /// A number for each behaviour of each sequence, the same as last time where it was there then.
  /// Behaviours that are no longer there are forgotten.
  package func names(of histories: [EncodedHistory]) -> [[Int]] {
    state.withLock { state in
      if state.histories == histories { return state.names }
      let (before, named) = (state.histories, state.names)
      state.names = histories.enumerated().map { sequence, history in
        guard sequence < before.count else { return state.newNames(history.count) }
        let old = before[sequence]
        var rows: [UInt64: Int] = [:]
        for row in 0..<old.count { rows[old.fingerprint(of: row)] = row }
        return (0..<history.count).map { row in
          if let known = rows[history.fingerprint(of: row)],
            history.hasRow(row, equalTo: known, of: old)
          {
            return named[sequence][known]
          }
          return state.newNames(1)[0]
        }
      }
      state.histories = histories
      return state.names
    }
  }

  /// What a model makes of the behaviours `names` of a sequence.
  ///
  /// - Parameters:
  ///   - model: whose encodings they are.
  ///   - together: whether what is made of a behaviour depends on those before it: then all are made
  ///     again unless all are the same.
  ///   - nothing: the key and the value that stand for nothing.
  ///   - make: called for the places in `names` of which nothing is kept; gives their keys and their
  ///     values, row by row.
  package func encodings(
    _ names: [Int], of model: AnyObject, sequence: Int, together: Bool = false,
    nothing: (key: [Float], value: [Float]),
    make: (_ places: [Int32]) -> (keys: [Float], values: [Float])
  ) -> Encodings {
    let owner = Owner(model: ObjectIdentifier(model), sequence: sequence)
    let kept = state.withLock { $0.made[owner] } ?? Encodings()
    if !kept.keys.isEmpty, kept.names == names { return kept }
    let rows =
      together ? [:] : Dictionary(zip(kept.names, 0...), uniquingKeysWith: { first, _ in first })
    let missing = names.indices.filter { rows[names[$0]] == nil }
    // Made outside the lock: two threads may do it twice, with the same result.
    let made = make(missing.map { Int32($0) })
    let (a, v) = (nothing.key.count, nothing.value.count)
    precondition(
      made.keys.count == missing.count * a && made.values.count == missing.count * v,
      "a key and a value for every behaviour")
    var result = Encodings(names: names)
    result.keys.reserveCapacity((names.count + 1) * a)
    result.values.reserveCapacity((names.count + 1) * v)
    var next = 0
    for name in names {
      if let row = rows[name] {
        result.keys += kept.keys[row * a..<(row + 1) * a]
        result.values += kept.values[row * v..<(row + 1) * v]
      } else {
        result.keys += made.keys[next * a..<(next + 1) * a]
        result.values += made.values[next * v..<(next + 1) * v]
        next += 1
      }
    }
    result.keys += nothing.key
    result.values += nothing.value
    state.withLock { $0.made[owner] = result }
    return result
  }
}

/// A request's behaviours and where what models made of them is kept.
package struct KeptHistory: Sendable, Equatable {
  package let memory: HistoryMemory
  /// By sequence, see `HistoryMemory.names`.
  package let names: [[Int]]

  package init(_ histories: [EncodedHistory], in memory: HistoryMemory) {
    self.memory = memory
    names = memory.names(of: histories)
  }

  /// Where something is kept is no part of what a request says.
  package static func == (_: KeptHistory, _: KeptHistory) -> Bool { true }
}

extension EncodedHistory {
  /// Equal for equal behaviours; ages do not count.
  fileprivate func fingerprint(of row: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for side in [item, action] {
      side.forEachWord(of: row) { hash = (hash ^ UInt64($0)) &* 0x0000_0100_0000_01b3 }
    }
    return hash
  }

  fileprivate func hasRow(_ row: Int, equalTo other: Int, of old: EncodedHistory) -> Bool {
    item.hasRow(row, equalTo: other, of: old.item)
      && action.hasRow(row, equalTo: other, of: old.action)
  }
}

extension EncodedSide {
  private func bags(of row: Int) -> ArraySlice<Int32> {
    guard !bagOffsets.isEmpty else { return [] }
    let bags = (bagOffsets.count - 1) / rows
    return bagOffsets[row * bags...(row + 1) * bags]
  }

  fileprivate func forEachWord(of row: Int, _ body: (UInt32) -> Void) {
    let (width, fields) = (numbers.count / rows, indices.count / rows)
    for x in numbers[row * width..<(row + 1) * width] { body(x.bitPattern) }
    for x in indices[row * fields..<(row + 1) * fields] { body(UInt32(bitPattern: x)) }
    let ends = bags(of: row)
    for (start, end) in zip(ends, ends.dropFirst()) {
      body(UInt32(end - start))
      for x in bagIndices[Int(start)..<Int(end)] { body(UInt32(bitPattern: x)) }
    }
  }

  fileprivate func hasRow(_ row: Int, equalTo other: Int, of old: EncodedSide) -> Bool {
    var (own, others): ([UInt32], [UInt32]) = ([], [])
    forEachWord(of: row) { own.append($0) }
    old.forEachWord(of: other) { others.append($0) }
    return own == others
  }
}
