import Autodiff
import Features
import ListPolicy
import Objectives
import RandomStreams
import Tensors

/// The lists that are being written, and the masks and local context of the next step.
struct Decoding {
  let batch: RequestBatch
  let objectives: ObjectiveSet
  /// List length of each request.
  let lengths: [Int]
  let constraints: [DecodingConstraints]
  let shape: PointerShape
  let relations: PlacedRelations
  /// Start of the entries of each of the B * K rows.
  let rowOffsets: [Int]
  private(set) var lists: [[Int]]

  init(
    batch: RequestBatch, objectives: ObjectiveSet, lengths: [Int],
    constraints: [DecodingConstraints], shape: PointerShape, relations: PlacedRelations
  ) {
    self.batch = batch
    self.objectives = objectives
    self.lengths = lengths
    self.constraints = constraints
    self.shape = shape
    self.relations = relations
    rowOffsets = shape.rowOffsets
    lists = (0..<shape.requests * shape.lists).map { row in
      var list: [Int] = []
      list.reserveCapacity(lengths[row / shape.lists])
      return list
    }
  }

  var steps: Int { lengths.max() ?? 0 }

  func request(ofRow row: Int) -> Int { row / shape.lists }

  /// Entries that may not be picked at step t: `[entries]`.
  ///
  /// A list that is complete has all its entries excluded.
  func excluded(at t: Int) -> [Bool] {
    var mask = [Bool](repeating: false, count: shape.entries)
    for (row, list) in lists.enumerated() {
      let b = request(ofRow: row)
      let entries = rowOffsets[row]..<rowOffsets[row + 1]
      if t >= lengths[b] {
        for i in entries { mask[i] = true }
      } else {
        constraints[b].exclude(after: list, from: &mask, entries: entries)
      }
    }
    return mask
  }

  /// Local-context features of every entry, those of the rules and then the relations:
  /// `[entries, L]`.
  func localContext() -> [Float] {
    let width = shape.local
    var features = [Float](repeating: 0, count: shape.entries * width)
    guard width > 0 else { return features }
    for (row, list) in lists.enumerated() where list.count < lengths[request(ofRow: row)] {
      let b = request(ofRow: row)
      objectives.writeLocalContext(
        after: list, length: lengths[b], columns: batch.columns[b], into: &features,
        base: rowOffsets[row] * width, stride: width)
      relations.write(
        after: list, length: lengths[b], item: batch.item,
        rows: batch.offsets[b]..<batch.offsets[b + 1], into: &features,
        base: rowOffsets[row] * width + objectives.localWidth, stride: width)
    }
    return features
  }

  /// One pick per row, counted from the row's start; -1 for a complete list.
  func choose(
    _ step: DecodingStep, _ policy: DecodingPolicy, streams: inout [RandomStream]
  ) -> [Int32] {
    let (scores, probabilities, excluded) = (step.values, step.probabilities, step.excluded)
    return lists.indices.map { row in
      guard step.slot < lengths[request(ofRow: row)] else { return -1 }
      let entries = rowOffsets[row]..<rowOffsets[row + 1]
      switch policy {
      case .given(let given):
        let pick = given[row][step.slot]
        precondition(
          !excluded[entries.lowerBound + pick],
          "the given list \(given[row]) places \(pick) where it may not stand")
        return Int32(pick)
      case .greedy:
        var best = -1
        for i in entries where !excluded[i] && (best < 0 || scores[i] > scores[best]) { best = i }
        return Int32(best - entries.lowerBound)
      case .sample:
        var rest = Float(streams[row].uniform())
        var last = -1
        for i in entries where probabilities[i] > 0 {
          last = i
          rest -= probabilities[i]
          if rest < 0 { break }
        }
        // Scores gone to NaN have no probabilities; the list is whole all the same, so that training
        // finds the fault in the gradient's norm.
        if last < 0 { last = entries.first { !excluded[$0] } ?? entries.lowerBound }
        return Int32(last - entries.lowerBound)
      }
    }
  }

  mutating func place(_ picks: [Int32]) {
    for (row, pick) in picks.enumerated() where pick >= 0 { lists[row].append(Int(pick)) }
  }

  /// Row r goes on from what row `parents[r]` held.
  mutating func rearrange(_ parents: [Int]) { lists = parents.map { lists[$0] } }

  /// Item row of each pick, for the next step's input; -1 for a complete list.
  func rows(of picks: [Int32]) -> [Int32] {
    picks.enumerated().map { row, pick in
      pick < 0 ? -1 : Int32(batch.offsets[request(ofRow: row)]) + pick
    }
  }
}
