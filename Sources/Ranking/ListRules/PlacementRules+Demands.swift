extension PlacementRules {
  /// Counts the candidates after which the open slots are too few for what must still come.
  func countDemands(
    after slot: Int, line: Line, waiting: [Int], into breaks: inout [Int]
  ) {
    countShortages(line: line, waiting: waiting, into: &breaks)
    let open = openFrom[slot] - waiting.count
    // The usual case: room for all of it one by one, and for one more.
    guard mostMissing >= open else { return }
    let missing = missing(in: line, waiting)
    guard missing.reduce(0, +) >= open else { return }
    makeReady(&breaks)
    guard open > 0 else {
      for i in breaks.indices where !isRequiredOpen[i] { breaks[i] += Self.requiredWeight }
      return
    }
    let active = missing.indices.reduce(UInt32(0)) { missing[$1] > 0 ? $0 | 1 << $1 : $0 }
    var cover = cover(of: active, line: line)
    // Where it cannot all come any more, what brings it nearer may still come.
    let limit = max(open, cover.fewest(for: missing)) - 1
    var known: [(kind: UInt32, fits: Bool)] = []
    for i in breaks.indices where !isRequiredOpen[i] {
      let kind = meets[i] & active
      let fits: Bool
      if let same = known.first(where: { $0.kind == kind }) {
        fits = same.fits
      } else {
        fits = cover.fewest(for: missing, after: kind) <= limit
        known.append((kind, fits))
      }
      if !fits { breaks[i] += 1 }
    }
  }

  /// Whether the open slots suffice for all that must come, caps aside.
  var demandsFit: Bool {
    let line = Line(list: [], pinned: pinned)
    let missing = missing(in: line, requiredOpen)
    var cover = cover(of: .max, line: line)
    return requiredOpen.count + cover.fewest(for: missing) <= openFrom[0]
  }

  /// Items that each demand still misses beyond those in the line and those that wait.
  private func missing(in line: Line, _ waiting: [Int]) -> [Int] {
    demands.indices.map { missing(of: $0, in: line, waiting) }
  }

  func missing(of demand: Int, in line: Line, _ waiting: [Int]) -> Int {
    var missing = demands[demand].target
    for slot in 0..<line.count where line[slot] >= 0 && meets[line[slot]] & 1 << demand != 0 {
      missing -= 1
    }
    for candidate in waiting where meets[candidate] & 1 << demand != 0 { missing -= 1 }
    return max(missing, 0)
  }

  /// The candidates that can still come, besides the required ones.
  private func cover(of active: UInt32, line: Line) -> DemandCover {
    var isFree = isTaken.map { !$0 }
    for slot in 0..<line.count where line[slot] >= 0 { isFree[line[slot]] = false }
    for candidate in requiredOpen { isFree[candidate] = false }
    var cover = DemandCover()
    for i in isFree.indices where isFree[i] { cover.add(meets[i] & active) }
    return cover
  }
}
