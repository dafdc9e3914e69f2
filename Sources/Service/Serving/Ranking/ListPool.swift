import ListPolicy

/// The distinct lists that were written for a request, the first of equal ones kept.
struct ListPool {
  struct Entry {
    var items: [Int]
    var source: ListOrigin.Source
    /// nil for a list that no policy wrote.
    var logProbabilities: [Float]?
  }

  private(set) var entries: [Entry] = []
  private var seen: Set<[Int]> = []

  mutating func add(_ list: DecodedList, _ source: ListOrigin.Source) {
    guard seen.insert(list.items).inserted else { return }
    entries.append(
      Entry(
        items: list.items, source: source,
        logProbabilities: list.logProbabilities.isEmpty ? nil : list.logProbabilities))
  }

  mutating func add(_ list: [Int], _ source: ListOrigin.Source) {
    guard seen.insert(list).inserted else { return }
    entries.append(Entry(items: list, source: source))
  }

  /// Keeps those that hold, unless none does.
  mutating func prefer(_ holds: ([Int]) -> Bool) {
    let good = entries.filter { holds($0.items) }
    if !good.isEmpty { entries = good }
  }
}
