package import Sessions

/// The rules of one request: what its list must hold, made ready for masks, check and repair.
///
/// Slots count from 0. Candidates are indices into the request's items.
package struct PlacementRules: Sendable, Equatable {
  /// Items of a whole list: as asked for, or as many candidates as are not banned.
  package let length: Int
  package let rules: [ListRule]
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
  private(set) var demands: [Demand]
  /// Bit k is set where a candidate meets demand k: `[candidates]`.
  let meets: [UInt32]

  private(set) var demandsUnderCaps: [DemandUnderCap]
  /// What all demands miss together before anything is placed.
  private(set) var mostMissing: Int

  /// - Parameters:
  ///   - columns: one per rule, `ListRule.column` over the candidates.
  ///   - length: items of the list; fewer where not as many candidates are left.
  ///   - pins: slot to candidate, in 0..<length and distinct; none of them banned.
  ///   - required: candidates the list must hold. A banned one cannot come; `violations` says so.
  package init(
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
    self.length = length
    self.rules = rules
    self.candidates = candidates
    self.bans = bans
    let pinned = Self.slots(of: pins, length: length, candidates: candidates)
    self.pinned = pinned
    isTaken = Self.flags(pins.values, candidates, besides: bans)
    openFrom = Self.openSlots(pinned)
    self.required = required.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    requiredOpen = self.required.filter { [isTaken] in !isTaken[$0] }
    isRequiredOpen = Self.flags(requiredOpen, candidates, besides: [])
    caps = rules.indices.compactMap {
      Cap(rules[$0], index: $0, column: columns[$0], length: length)
    }
    let demands = rules.indices.compactMap {
      Demand(rules[$0], index: $0, column: columns[$0], bans: bans, pinned: pinned)
    }
    precondition(demands.count <= 32, "\(demands.count) rules with at_least")
    self.demands = demands
    var meets = [UInt32](repeating: 0, count: candidates)
    for (bit, demand) in demands.enumerated() {
      for i in meets.indices where columns[demand.rule][i] > 0 { meets[i] |= 1 << bit }
    }
    self.meets = meets
    demandsUnderCaps = []
    mostMissing = 0
    lowerDemands()
  }

  private static func slots(of pins: [Int: Int], length: Int, candidates: Int) -> [Int] {
    var pinned = [Int](repeating: -1, count: length)
    for (slot, candidate) in pins {
      precondition(
        (0..<length).contains(slot) && (0..<candidates).contains(candidate),
        "candidate \(candidate) of \(candidates) pinned to slot \(slot) of \(length)")
      pinned[slot] = candidate
    }
    return pinned
  }

  /// Sets a flag for each of `marked`, once, and for each of `others`.
  private static func flags(
    _ marked: some Sequence<Int>, _ candidates: Int, besides others: Set<Int>
  ) -> [Bool] {
    var flags = [Bool](repeating: false, count: candidates)
    for candidate in others { flags[candidate] = true }
    for candidate in marked {
      precondition(!flags[candidate], "candidate \(candidate) is pinned and banned, or twice")
      flags[candidate] = true
    }
    return flags
  }

  private static func openSlots(_ pinned: [Int]) -> [Int] {
    var openFrom = [Int](repeating: 0, count: pinned.count + 1)
    for slot in pinned.indices.reversed() {
      openFrom[slot] = openFrom[slot + 1] + (pinned[slot] < 0 ? 1 : 0)
    }
    return openFrom
  }

  /// Where a cap leaves too little for a demand, the cap stands, and as much of the demand as goes.
  private mutating func lowerDemands() {
    demandsUnderCaps = everyDemandUnderCap
    for pair in demandsUnderCaps {
      let line = Line(list: [], pinned: pinned)
      if let spare = standing(of: pair, line, requiredOpen)?.spare, spare < 0 {
        demands[pair.demand].target += spare
      }
    }
    mostMissing = demands.reduce(0) { $0 + $1.target }
  }

  /// The same, reading the columns from the candidates.
  package init(
    _ rules: [ListRule], candidates: [Candidate], length: Int, pins: [Int: Int] = [:],
    bans: Set<Int> = [], required: [Int] = []
  ) {
    self.init(
      rules, columns: rules.map { $0.column.values(of: candidates) },
      candidates: candidates.count, length: length, pins: pins, bans: bans, required: required)
  }

  /// Nothing to keep but pins and bans.
  package var isEmpty: Bool { rules.isEmpty && required.isEmpty }
}
