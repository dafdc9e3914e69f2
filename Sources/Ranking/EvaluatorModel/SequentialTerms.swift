import Autodiff
package import Features
import Networks
import Tensors

/// What evaluators without their channels expect of each candidate of one request, given what stands
/// above: pointwise terms and relations, taken apart so that a list can be written with them place
/// by place. Members of an ensemble count by the mean of their raw outputs.
///
/// Relations are sums over the items above, so each further place costs an addition per candidate
/// and item above. What an item does to the one right above it is told apart (`Change`): it belongs to
/// that one's feedback.
package struct SequentialTerms: Sendable {
  /// M
  private let candidates: Int
  /// N, of the evaluators; later places count as their last.
  private let slots: Int
  /// `[head][M]`
  private let single: [[Float]]
  /// `[head][N]`
  private let effects: [[Float]]
  /// Of each head, whether its slot effects are chances of examination.
  private let examined: [Bool]
  private let relations: PairRelations?
  /// Of placed candidates, made when one is placed first: `[M]`, empty without relations.
  private var rows: [PairRelations.Row?]

  /// Raw outputs of the chosen heads for every candidate in the place after `placed`: `[head][M]`.
  package mutating func raw(after placed: [Int]) -> [[Float]] {
    let t = placed.count
    var result = single
    for h in result.indices where !examined[h] {
      let effect = effects[h][min(t, slots - 1)]
      for i in result[h].indices { result[h][i] += effect }
    }
    addRelations(to: &result, after: placed)
    for h in result.indices where examined[h] {
      let effect = effects[h][min(t, slots - 1)]
      for i in result[h].indices { result[h][i] = logitOfProduct(effect, result[h][i]) }
    }
    return result
  }

  private mutating func addRelations(to result: inout [[Float]], after placed: [Int]) {
    guard let relations, let last = placed.last else { return }
    let t = placed.count
    makeRows(of: placed, relations)
    for h in result.indices {
      for j in placed { add(rows[j]?.above[h] ?? [], into: &result[h]) }
      add(rows[last]?.next[h] ?? [], into: &result[h])
      for (field, weight) in relations.heads[h].distance.enumerated() where weight != 0 {
        var nearest = [Float](repeating: 0, count: candidates)
        for (s, j) in placed.enumerated() {
          for i in rows[j]?.equals[field] ?? [] { nearest[i] = 1 / Float(t - s) }
        }
        add(nearest, scaledBy: weight, into: &result[h])
      }
    }
  }

  /// What the item in the last place earns by itself, and what each candidate right below it would
  /// change in that; raw outputs.
  package struct Change: Sendable, Equatable {
    /// `[head]`
    package let before: [Float]
    /// `[head][M]`
    package let by: [[Float]]
  }

  /// nil before anything is placed, or without relations.
  package mutating func changeAbove(after placed: [Int]) -> Change? {
    guard let relations, let last = placed.last else { return nil }
    makeRows(of: placed, relations)
    guard let row = rows[last] else { return nil }
    let above = placed.dropLast()
    let t = above.count
    let before = single.indices.map { h -> Float in
      var sum = single[h][last]
      if !examined[h] { sum += effects[h][min(t, slots - 1)] }
      for j in above { sum += rows[j]?.above[h][last] ?? 0 }
      if let next = above.last { sum += rows[next]?.next[h][last] ?? 0 }
      for (field, weight) in relations.heads[h].distance.enumerated() where weight != 0 {
        let like = above.lastIndex { rows[$0]?.equals[field].contains(last) ?? false }
        if let like { sum += weight / Float(t - like) }
      }
      return sum
    }
    return examinedChange(Change(before: before, by: row.back), slot: min(t, slots - 1))
  }

  /// The change where the slot's chance of examination has its part in it.
  private func examinedChange(_ change: Change, slot: Int) -> Change {
    guard examined.contains(true) else { return change }
    var (before, by) = (change.before, change.by)
    for h in before.indices where examined[h] {
      let (effect, alone) = (effects[h][slot], before[h])
      before[h] = logitOfProduct(effect, alone)
      for i in by[h].indices { by[h][i] = logitOfProduct(effect, alone + by[h][i]) - before[h] }
    }
    return Change(before: before, by: by)
  }

  /// What a placed item adds to each candidate anywhere below it, raw: `[head][M]`; nil without
  /// relations. With examination it is added to what speaks for the candidate, before the slot's chance
  /// is counted.
  package mutating func below(_ item: Int) -> [[Float]]? {
    guard let relations else { return nil }
    makeRows(of: [item], relations)
    return rows[item]?.above
  }

  private mutating func makeRows(of placed: [Int], _ relations: PairRelations) {
    for j in placed where rows[j] == nil { rows[j] = relations.row(of: j) }
  }
}

extension SequentialTerms {
  /// What a member gives to the terms of a whole batch.
  struct Member {
    /// `[R, heads]`
    let single: Matrix
    /// `[N, heads]`
    let effects: Matrix
    /// Of each head.
    let examined: [Bool]
    /// nil where they are left out.
    let relations: (projected: RelationTerm.Projected, term: RelationTerm, share: Float)?
  }

  /// What all members agree on, for a whole batch.
  fileprivate struct Agreed {
    /// Means over the members, `[head][R]` and `[head][N]`.
    var single: [[Float]] = []
    var effects: [[Float]] = []
    var examined: [Bool] = []
    var weights: [PairRelations.Weights] = []
    let projected: [RelationTerm.Projected]

    init(_ members: [Member], chosen: [Int], slots: Int, fields: Int) {
      let part = 1 / Float(members.count)
      let related = members.compactMap(\.relations)
      projected = related.map(\.projected)
      let none = [Float](repeating: 0, count: fields)
      for h in chosen {
        single.append(Self.mean(members.map(\.single), column: h))
        effects.append(Self.mean(members.map(\.effects), column: h))
        examined.append(members[0].examined[h])
        var sum = PairRelations.Weights(
          share: none, distance: none, same: none, sameBelow: none)
        for member in related {
          member.term.add(
            member.projected, head: h, slots: slots, part: part * member.share, to: &sum)
        }
        weights.append(sum)
      }
    }

    private static func mean(_ matrices: [Matrix], column h: Int) -> [Float] {
      var result = [Float](repeating: 0, count: matrices[0].rows)
      for matrix in matrices {
        for i in result.indices { result[i] += matrix[i, h] / Float(matrices.count) }
      }
      return result
    }
  }

  fileprivate init(request b: Int, of batch: RequestBatch, slots: Int, agreed: Agreed) {
    let range = batch.offsets[b]..<batch.offsets[b + 1]
    let fields = batch.itemFields
    candidates = range.count
    self.slots = slots
    single = agreed.single.map { Array($0[range]) }
    effects = agreed.effects
    examined = agreed.examined
    relations =
      agreed.projected.isEmpty
      ? nil
      : PairRelations(
        agreed.projected, rows: range, heads: agreed.weights,
        categories: Array(
          batch.item.indices[range.lowerBound * fields..<range.upperBound * fields]))
    rows = [PairRelations.Row?](repeating: nil, count: relations == nil ? 0 : range.count)
  }
}

extension EvaluatorEnsemble {
  /// What is needed to write a list by pointwise terms and relations, for each request of a batch;
  /// needs members with pointwise terms.
  ///
  /// - Parameter chosen: places of heads, in the order of `SequentialTerms.raw`.
  package func sequentialTerms(_ batch: RequestBatch, heads chosen: [Int]) -> [SequentialTerms] {
    let bent = PointwiseTerms.bent(batch.item)
    let slots = members[0].slots
    let agreed = SequentialTerms.Agreed(
      members.map { $0.sequentialTerms(batch, bent: bent) }, chosen: chosen, slots: slots,
      fields: batch.itemFields)
    return (0..<batch.requestCount).map {
      SequentialTerms(request: $0, of: batch, slots: slots, agreed: agreed)
    }
  }
}

extension RequestBatch {
  /// Categorical features of an item.
  fileprivate var itemFields: Int { item.rows == 0 ? 0 : item.indices.count / item.rows }
}
