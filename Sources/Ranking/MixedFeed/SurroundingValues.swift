import Autodiff
import Features
import Objectives
import ScreenModel

/// What each organic item and each insert is worth at each place, as the network sees it between the organic
/// items: `V[item, slot] = sum_i w_i dU_i / s_i`.
///
/// An insert is seen between the organic items that stand there without inserts. What other inserts do to it
/// is left to the referee, who looks at whole lists.
struct SurroundingValues {
  let ranker: ScreenRanker
  let steered: SteeredBeam
  let request: MixedRequest

  /// An item at a place.
  private struct Cell {
    let candidate: Int
    let slot: Int
    /// Organic items above and below, by place in the order.
    let above: ArraySlice<Int>
    let below: ArraySlice<Int>
  }

  /// - Returns: `[organic item][slot]` and `[channel][insert][slot]`. An organic item never stands above its
  ///   place in the order: such cells are 0.
  func values(
    _ prepared: ScreenRanker.Prepared, on tape: Tape
  ) -> (organic: [[Double]], inserts: [[[Double]]]) {
    let n = request.length
    let organic = request.organic
    let most = min(n, request.inserts.reduce(0) { $0 + $1.count })
    let pinned = Set(request.pins.values)
    let shown = organic.indices.map { place -> Range<Int> in
      // A pinned item stands wherever it is pinned to.
      if pinned.contains(organic[place]) { return 0..<n }
      return min(max(place - pinned.count, 0), n)..<min(n, place + most + 1)
    }
    var cells: [Cell] = []
    for (place, slots) in shown.enumerated() {
      for slot in slots {
        cells.append(
          Cell(
            candidate: organic[place], slot: slot, above: organic[..<min(place, slot)],
            below: organic[(place + 1)...]))
      }
    }
    for queue in request.inserts {
      for candidate in queue {
        for slot in 0..<n {
          let cut = min(slot, organic.count)
          cells.append(
            Cell(
              candidate: candidate, slot: slot, above: organic[..<cut], below: organic[cut...]))
        }
      }
    }
    let predictions = predictions(of: cells, prepared, on: tape)
    var gains = gains(of: cells, predictions)[...]
    func take(_ slots: Range<Int>) -> [Double] {
      var row = [Double](repeating: 0, count: n)
      for slot in slots { row[slot] = gains.removeFirst() }
      return row
    }
    let organicValues = shown.map(take)
    let insertValues = request.inserts.map { queue in queue.map { _ in take(0..<n) } }
    return (organicValues, insertValues)
  }

  private func predictions(
    of cells: [Cell], _ prepared: ScreenRanker.Prepared, on tape: Tape
  ) -> [[Float]] {
    let reach = ScreenRanker.reach
    func row(_ candidate: Int) -> Int32 { Int32(request.first + candidate) }
    return ranker.predictions(
      tape.value(
        ranker.outputs(
          prepared, rows: cells.map { row($0.candidate) },
          places: cells.map { cell in
            ListPlace(
              slot: cell.slot, above: cell.above.suffix(reach).map(row),
              below: cell.below.prefix(reach).map(row))
          }, on: tape)))
  }

  /// What each cell adds to the reward, where the organic list stands above it.
  private func gains(of cells: [Cell], _ predictions: [[Float]]) -> [Double] {
    let baseline = request.baseline
    // How much what is predicted at a slot counts below the organic list.
    var factors = [steered.start]
    for (slot, candidate) in baseline.enumerated() {
      let own = cells.firstIndex { $0.candidate == candidate && $0.slot == slot }
      factors.append(
        own.map { steered.advanced(factors[slot], by: predictions[$0]) } ?? factors[slot])
    }
    return zip(cells, predictions).map { cell, predicted in
      let above = baseline.filter { $0 != cell.candidate }.prefix(cell.slot)
      return steered.gains(
        [cell.candidate], predictions: [predicted], after: Array(above),
        factors: factors[min(cell.slot, factors.count - 1)], length: request.length,
        columns: request.columns)[0]
    }
  }
}
