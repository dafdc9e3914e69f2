/// The partial lists of a beam, each with one item more.
struct Continuations {
  private let beam: [ScoredList]
  /// In lexicographic order of the lists they make.
  private var entries: [(parent: Int, item: Int)] = []
  private var scores: [Double] = []

  /// - Parameters:
  ///   - beam: partial lists in lexicographic order.
  ///   - pool: ascending.
  init(of beam: [ScoredList], pool: [Int], candidates: Int) {
    self.beam = beam
    var placed = [Bool](repeating: false, count: candidates)
    entries.reserveCapacity(beam.count * pool.count)
    for parent in beam.indices {
      for item in beam[parent].items { placed[item] = true }
      for item in pool where !placed[item] { entries.append((parent, item)) }
      for item in beam[parent].items { placed[item] = false }
    }
  }

  mutating func score(_ batch: inout ScoringBatch, by score: ([[Int]]) -> [Double]) {
    scores.reserveCapacity(entries.count)
    for place in entries.indices {
      batch.add(beam[entries[place].parent].items, entries[place].item)
      guard batch.isFull || place == entries.count - 1 else { continue }
      scores += batch.scores(by: score)
      batch.clear()
    }
  }

  /// The best `width`, best first.
  func best(_ width: Int, keep: BeamKeep) -> [ScoredList] {
    let order = entries.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
    }
    var seen: Set<[Int]> = []
    var best: [ScoredList] = []
    for place in order {
      if best.count == width { break }
      let items = beam[entries[place].parent].items + [entries[place].item]
      if keep == .sets && !seen.insert(items.sorted()).inserted { continue }
      best.append(ScoredList(items: items, score: scores[place]))
    }
    return best
  }
}
