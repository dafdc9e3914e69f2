import Autodiff
import Features
import Networks
import Tensors

/// What an evaluator without its channels expects of each candidate of one request, given what
/// stands above: pointwise terms and relations, taken apart so that a list can be written with them
/// place by place.
///
/// Relations are sums over the items above, so they are tables of pairs, made once per request:
/// each further place costs an addition per candidate and item above. Only what an item would do to
/// the one right above it is left out: it is not known yet.
package struct SequentialTerms: Sendable {
  /// M
  package let candidates: Int
  /// N, of the evaluator; later places count as its last.
  private let slots: Int
  private let fields: Int
  /// Rows of the categories' tables, `[M, fields]`.
  private let indices: [Int32]
  /// `[head]` each.
  private let heads: [Head]

  private struct Head: Sendable {
    /// `[M]`
    var single: [Float]
    /// `[N]`
    var effects: [Float]
    /// What item j above adds to item i, at `j M + i`; empty without relations.
    var above: [Float] = []
    /// What it adds right above, beside that.
    var next: [Float] = []
    /// Per field, what 1 / distance to the last item of the same category adds.
    var distance: [Float] = []
  }

  /// Raw outputs of the chosen heads for every candidate in the place after `placed`: `[head][M]`.
  package func raw(after placed: [Int]) -> [[Float]] {
    let t = placed.count
    return heads.map { head in
      let effect = head.effects[min(t, slots - 1)]
      var result = head.single.map { $0 + effect }
      guard !head.above.isEmpty, let last = placed.last else { return result }
      for j in placed { add(row: j, of: head.above, to: &result) }
      add(row: last, of: head.next, to: &result)
      for field in 0..<fields where head.distance[field] != 0 {
        var nearest = [Float](repeating: 0, count: candidates)
        for (s, j) in placed.enumerated() {
          let own = indices[j * fields + field]
          guard own > CategoricalField.missingRow else { continue }
          for i in 0..<candidates where indices[i * fields + field] == own {
            nearest[i] = 1 / Float(t - s)
          }
        }
        for i in 0..<candidates { result[i] += head.distance[field] * nearest[i] }
      }
      return result
    }
  }

  private func add(row: Int, of table: [Float], to result: inout [Float]) {
    let start = row * candidates
    for i in 0..<candidates { result[i] += table[start + i] }
  }
}

extension SequentialTerms {
  /// - Parameters:
  ///   - single: raw `[R, heads]`.
  ///   - relations: nil where they are left out.
  init(
    request b: Int, of batch: RequestBatch, chosen: [Int], single: Matrix, effects: Matrix,
    relations: (projected: RelationTerm.Projected, term: RelationTerm, share: Float)?
  ) {
    let rows = batch.offsets[b]..<batch.offsets[b + 1]
    let m = rows.count
    candidates = m
    slots = effects.rows
    let width = batch.item.rows == 0 ? 0 : batch.item.indices.count / batch.item.rows
    fields = width
    let own = Array(batch.item.indices[rows.lowerBound * width..<rows.upperBound * width])
    indices = own
    heads = chosen.map { h in
      var head = Head(
        single: rows.map { single[$0, h] }, effects: (0..<effects.rows).map { effects[$0, h] })
      guard let relations else { return head }
      let tables = relations.term.tables(
        relations.projected, rows: rows, head: h, slots: effects.rows, indices: own)
      head.above = tables.above.map { $0 * relations.share }
      head.next = tables.next.map { $0 * relations.share }
      head.distance = tables.distance.map { $0 * relations.share }
      return head
    }
  }
}
