/// A demand and a cap on the whole list that can get in its way: where two ads may come and the only
/// cold items left are ads, no other ad may.
struct DemandUnderCap: Sendable, Equatable {
  /// Index among the demands, and among the caps.
  let demand: Int
  let cap: Int
  /// Candidates that meet the demand and could come in an open slot, the required ones aside: per
  /// group of the cap, and those the cap does not count.
  let meeting: [Int]
  let others: Int

  /// Where the demand stands.
  struct Status {
    /// More items than needed that the cap still lets meet the demand; below 0 it cannot be met.
    let spare: Int
    /// Groups in which each item more takes the place of one that meets the demand.
    let isTight: [Bool]
  }
}

extension PlacementRules {
  /// Each demand with each cap on the whole list.
  var everyDemandUnderCap: [DemandUnderCap] {
    demands.indices.flatMap { demand in
      let candidates = meets.indices.filter { isFree($0) && meets[$0] & 1 << demand != 0 }
      return caps.indices.filter { caps[$0].window == length }.map { cap in
        let groups = candidates.map { caps[cap].groups[$0] }
        var meeting = [Int](repeating: 0, count: caps[cap].groupCount)
        for group in groups where group >= 0 { meeting[group] += 1 }
        return DemandUnderCap(
          demand: demand, cap: cap, meeting: meeting, others: groups.count { $0 < 0 })
      }
    }
  }

  /// Counts the candidates that take, under a cap, the place of one that a demand needs.
  func countShortages(line: Line, waiting: [Int], into breaks: inout [Int]) {
    for pair in demandsUnderCaps {
      // Where it cannot be met any more, nothing needs to be kept free for it.
      guard let standing = standing(of: pair, line, waiting), standing.spare == 0 else { continue }
      makeReady(&breaks)
      let groups = caps[pair.cap].groups
      for i in breaks.indices where groups[i] >= 0 && standing.isTight[groups[i]] {
        if meets[i] & 1 << pair.demand == 0 && !isRequiredOpen[i] { breaks[i] += 1 }
      }
    }
  }

  /// nil where there is no danger yet.
  func standing(
    of pair: DemandUnderCap, _ line: Line, _ waiting: [Int]
  ) -> DemandUnderCap.Status? {
    guard pair.others - line.list.count <= demands[pair.demand].target else { return nil }
    let missing = missing(of: pair.demand, in: line, waiting)
    guard missing > 0 else { return nil }
    let cap = caps[pair.cap]
    var (meeting, spare) = (pair.meeting, pair.others - missing)
    var room = [Int](repeating: cap.most, count: meeting.count)
    for slot in 0..<line.count where line[slot] >= 0 {
      let (item, group) = (line[slot], cap.groups[line[slot]])
      let isOne = isFree(item) && meets[item] & 1 << pair.demand != 0
      if group >= 0 {
        room[group] = max(room[group] - 1, 0)
        if isOne { meeting[group] -= 1 }
      } else if isOne {
        spare -= 1
      }
    }
    for item in waiting where cap.groups[item] >= 0 {
      room[cap.groups[item]] = max(room[cap.groups[item]] - 1, 0)
    }
    for group in room.indices { spare += min(meeting[group], room[group]) }
    guard spare <= 0 else { return nil }
    return DemandUnderCap.Status(
      spare: spare, isTight: room.indices.map { room[$0] > 0 && meeting[$0] >= room[$0] })
  }

  /// Whether a candidate is neither banned nor pinned nor required.
  func isFree(_ candidate: Int) -> Bool { !isTaken[candidate] && !isRequiredOpen[candidate] }
}
