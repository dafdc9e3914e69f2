/// All lists of `length` distinct items of an ascending pool, in lexicographic order.
package struct OrderedLists {
  /// The list at hand; starts as the smallest.
  package private(set) var current: [Int]
  private let pool: [Int]
  /// Per slot of the list, the place of its item in the pool.
  private var places: [Int]
  private var used: [Bool]

  package init(pool: [Int], length: Int) {
    precondition(length <= pool.count, "no lists of \(length) from \(pool.count) items")
    self.pool = pool
    current = Array(pool[..<length])
    places = Array(0..<length)
    used = pool.indices.map { $0 < length }
  }

  /// Goes on to the next list; false when there is none.
  package mutating func advance() -> Bool {
    for slot in places.indices.reversed() {
      used[places[slot]] = false
      var place = places[slot] + 1
      while place < pool.count && used[place] { place += 1 }
      guard place < pool.count else { continue }
      put(place, at: slot)
      fill(after: slot)
      return true
    }
    return false
  }

  /// The smallest unused items into the slots behind `slot`.
  private mutating func fill(after slot: Int) {
    var place = 0
    for later in places.indices.dropFirst(slot + 1) {
      while used[place] { place += 1 }
      put(place, at: later)
    }
  }

  private mutating func put(_ place: Int, at slot: Int) {
    places[slot] = place
    used[place] = true
    current[slot] = pool[place]
  }
}
