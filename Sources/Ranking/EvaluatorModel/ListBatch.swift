import Features

/// Lists over the candidates of a batch of requests, several per request allowed.
package struct ListBatch: Sendable {
  /// Which request of the batch each list belongs to.
  package let requests: [Int]
  /// Candidate indices within the request, from the top down.
  package let lists: [[Int]]

  package init(requests: [Int], lists: [[Int]]) {
    precondition(requests.count == lists.count, "one request per list")
    self.requests = requests
    self.lists = lists
  }

  /// One list per request, in order.
  package init(_ lists: [[Int]]) {
    self.init(requests: Array(lists.indices), lists: lists)
  }

  package var count: Int { lists.count }

  /// Item row of every slot `[L N]`; -1 in slots past a list's end.
  func rows(in batch: RequestBatch, slots: Int) -> [Int32] {
    var result = [Int32](repeating: -1, count: count * slots)
    for (l, list) in lists.enumerated() {
      let first = batch.offsets[requests[l]]
      for (t, candidate) in list.prefix(slots).enumerated() {
        result[l * slots + t] = Int32(first + candidate)
      }
    }
    return result
  }

  func lengths(slots: Int) -> [Int] { lists.map { min($0.count, slots) } }
}
