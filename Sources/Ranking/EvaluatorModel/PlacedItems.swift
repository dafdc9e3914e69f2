package import Autodiff
import Features
import Tensors

/// The items in the slots of lists.
///
/// What a layer makes of one item is the same in every list, so it is computed per candidate where
/// there are fewer candidates than slots, and per slot otherwise; the numbers are the same.
package struct PlacedItems {
  /// Item row of every slot `[L N]`; -1 past a list's end.
  package let rows: [Int32]
  private let slots: Int
  /// Inputs of the layers: all candidates, or the slots' items.
  package let parts: [(x: Variable, segments: [Int]?)]
  /// Row of a layer's result for each slot; -1 past a list's end.
  package let picked: [Int32]

  init(
    _ items: EncodedItems, batch: RequestBatch, lists: ListBatch, slots n: Int, on tape: Tape
  ) {
    rows = lists.rows(in: batch, slots: n)
    slots = n
    if rows.count >= tape.value(items.rows).rows {
      parts = items.parts
      picked = rows
    } else {
      let (own, ends) = (rows, (0...lists.count).map { $0 * n })
      parts = items.parts.map { part in
        part.segments == nil
          ? (tape.gatherRows(part.x, own), nil)
          : (tape.gatherRows(part.x, lists.requests.map { Int32($0) }), ends)
      }
      picked = rows.indices.map { own[$0] >= 0 ? Int32($0) : -1 }
    }
  }

  /// What `layer` makes of the item of every slot: `[L N, O]`, zeros past a list's end.
  package func callAsFunction(
    on tape: Tape, _ layer: ([(x: Variable, segments: [Int]?)]) -> Variable
  ) -> Variable {
    tape.gatherRows(layer(parts), picked)
  }

  /// Item row of the slot above (by -1) or below (by 1), negative where there is none.
  func neighbours(by step: Int) -> [Int32] {
    rows.indices.map { i in
      let slot = i % slots + step
      return rows[i] >= 0 && slot >= 0 && slot < slots ? rows[i + step] : -1
    }
  }
}
