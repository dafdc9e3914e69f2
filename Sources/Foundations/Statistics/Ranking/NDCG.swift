import Foundation

/// Discounted cumulative gain of the first k items: `sum_r g_r / log2(1 + r)`, ranks r from 1.
///
/// Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (TOIS 2002), with
/// the discount that holds at every rank. Gains are taken as they are; for graded labels the
/// custom is `2^grade - 1`, which is the caller's to apply. k is the list's length by default;
/// an empty list has 0.
package func discountedCumulativeGain(
  _ gains: [Double], at k: Int? = nil, mask: [Bool]? = nil
) -> Double {
  var sum = 0.0
  for (place, i) in rankedIndices(gains.count, mask: mask, depth: k).enumerated() {
    sum += gains[i] / log2(Double(place + 2))
  }
  return sum
}

/// `DCG / DCG of the ideal order`, in 0...1; 1 exactly for an ideal order.
///
/// - Parameters:
///   - gains: of the listed items, top down, each at least 0.
///   - candidates: gains of all items that could have been listed, the listed ones included; the
///     ideal order takes the k largest of these. The listed items by default: then only the order
///     is measured, not the choice.
///   - k: the list's length by default. A list shorter than k is measured against k ideal items.
///   - mask: along `gains`; items whose entry is false are left out.
/// - Returns: nil when there is nothing to gain (all gains 0, or no candidates), or when a gain is
///   negative or not finite. Items of equal gain may stand in any order.
package func ndcg(
  _ gains: [Double], candidates: [Double]? = nil, at k: Int? = nil, mask: [Bool]? = nil
) -> Double? {
  let listed = rankedIndices(gains.count, mask: mask, depth: nil).map { gains[$0] }
  let all = candidates ?? listed
  precondition(
    all.count >= listed.count, "\(listed.count) items listed of \(all.count) candidates")
  let sound = { (gain: Double) in gain >= 0 && gain.isFinite }
  guard listed.allSatisfy(sound), all.allSatisfy(sound) else { return nil }
  guard let depth = k ?? (listed.isEmpty ? nil : listed.count) else { return nil }
  let ideal = discountedCumulativeGain(all.sorted(by: >), at: depth)
  return ideal > 0 ? discountedCumulativeGain(listed, at: depth) / ideal : nil
}
