import Sessions

/// The rules of one request: what its list must hold, made ready for masks, check and repair.
///
/// Slots count from 0. Candidates are indices into the request's items.
public struct PlacementRules: Sendable, Equatable {
  /// Items of a whole list: as asked for, or as many candidates as are not banned.
  public let length: Int
  let rules: [ListRule]
  let candidates: Int
  /// Candidate pinned to each slot, -1 for an open one: `[length]`.
  let pinned: [Int]
  /// Per slot, how many slots from it on are open: `[length + 1]`.
  let openFrom: [Int]
  /// Candidates that an open slot must not get: banned, or pinned elsewhere: `[candidates]`.
  let isTaken: [Bool]
  let bans: Set<Int>
  /// Candidates the list must hold, as the request names them.
  let required: [Int]
  /// Those of them that must come in an open slot.
  let requiredOpen: [Int]
  let isRequiredOpen: [Bool]
  let caps: [Cap]
  let demands: [Demand]
  /// Bit k is set where a candidate meets demand k: `[candidates]`.
  let meets: [UInt32]

  /// What all demands miss together before anything is placed.
  let mostMissing: Int

  /// - Parameters:
  ///   - columns: one per rule, `ListRule.column` over the candidates.
  ///   - length: items of the list; fewer where not as many candidates are left.
  ///   - pins: slot to candidate, in 0..<length and distinct; none of them banned.
  ///   - required: candidates the list must hold. A banned one cannot come; `violations` says so.
  public init(
    _ rules: [ListRule], columns: [[Float]], candidates: Int, length: Int, pins: [Int: Int] = [:],
    bans: Set<Int> = [], required: [Int] = []
  ) {
    precondition(
      columns.count == rules.count && columns.allSatisfy { $0.count == candidates },
      "\(rules.count) rules over \(candidates) candidates, columns \(columns.map(\.count))")
    precondition(
      bans.union(required).allSatisfy { (0..<candidates).contains($0) },
      "bans \(bans) or required \(required) of \(candidates) candidates")
    let length = max(min(length, candidates - bans.count), 0)
    var pinned = [Int](repeating: -1, count: length)
    var isTaken = [Bool](repeating: false, count: candidates)
    for candidate in bans { isTaken[candidate] = true }
    for (slot, candidate) in pins {
      precondition(
        pinned.indices.contains(slot) && isTaken.indices.contains(candidate) && !isTaken[candidate],
        "candidate \(candidate) pinned to slot \(slot) of \(length); twice, banned or no such one")
      pinned[slot] = candidate
      isTaken[candidate] = true
    }
    self.length = length
    self.rules = rules
    self.candidates = candidates
    self.pinned = pinned
    self.isTaken = isTaken
    self.bans = bans
    self.required = required.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    requiredOpen = self.required.filter { !isTaken[$0] }
    var isRequiredOpen = [Bool](repeating: false, count: candidates)
    for candidate in requiredOpen { isRequiredOpen[candidate] = true }
    self.isRequiredOpen = isRequiredOpen
    var openFrom = [Int](repeating: 0, count: length + 1)
    for slot in pinned.indices.reversed() {
      openFrom[slot] = openFrom[slot + 1] + (pinned[slot] < 0 ? 1 : 0)
    }
    self.openFrom = openFrom
    caps = rules.indices.compactMap {
      Cap(rules[$0], index: $0, column: columns[$0], length: length)
    }
    demands = rules.indices.compactMap {
      Demand(rules[$0], index: $0, column: columns[$0], bans: bans, pinned: pinned)
    }
    precondition(demands.count <= 32, "\(demands.count) rules with at_least")
    mostMissing = demands.reduce(0) { $0 + $1.least }
    var meets = [UInt32](repeating: 0, count: candidates)
    for (bit, demand) in demands.enumerated() {
      for i in meets.indices where columns[demand.rule][i] > 0 { meets[i] |= 1 << bit }
    }
    self.meets = meets
  }

  /// The same, reading the columns from the candidates.
  public init(
    _ rules: [ListRule], candidates: [Candidate], length: Int, pins: [Int: Int] = [:],
    bans: Set<Int> = [], required: [Int] = []
  ) {
    self.init(
      rules, columns: rules.map { $0.column.values(of: candidates) },
      candidates: candidates.count, length: length, pins: pins, bans: bans, required: required)
  }

  /// Nothing to keep but pins and bans.
  public var isEmpty: Bool { rules.isEmpty && required.isEmpty }
}
