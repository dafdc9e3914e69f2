/// A list that is being written, and what is pinned further down: the candidate of each slot as far
/// as it is known, -1 for an open one.
struct Line {
  let list: [Int]
  let pinned: [Int]

  var count: Int { pinned.count }

  subscript(slot: Int) -> Int { slot < list.count ? list[slot] : pinned[slot] }
}
