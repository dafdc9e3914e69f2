/// Average precision of the first k items, in 0...1; its mean over lists is MAP@k.
///
/// `sum_{r <= k} rel_r * (relevant items in the first r) / r / min(R, k)`, R the number of relevant
/// items there are. Dividing by min(R, k) and not by R lets a perfect top k reach 1.
///
/// - Parameters:
///   - relevance: of the listed items, top down; relevant above 0.5.
///   - relevant: R, relevant items among all candidates; those of the list by default.
///   - k: the list's length by default.
///   - mask: along `relevance`; items whose entry is false are left out.
/// - Returns: nil when nothing is relevant or there is no item and no k; 0 when nothing relevant
///   is among the first k.
package func averagePrecision(
  _ relevance: [Double], relevant: Int? = nil, at k: Int? = nil, mask: [Bool]? = nil
) -> Double? {
  let listed = rankedIndices(relevance.count, mask: mask, depth: nil).map { relevance[$0] > 0.5 }
  let found = listed.count { $0 }
  let total = relevant ?? found
  precondition(total >= found, "\(found) relevant items are listed of \(total)")
  guard total > 0, let depth = k ?? (listed.isEmpty ? nil : listed.count) else { return nil }
  precondition(depth > 0, "a ranking is cut off at a depth of at least 1, got \(depth)")
  var hits = 0.0
  var sum = 0.0
  for (place, isRelevant) in listed.prefix(depth).enumerated() where isRelevant {
    hits += 1
    sum += hits / Double(place + 1)
  }
  return sum / Double(min(total, depth))
}

/// `1 / rank` of the first relevant item (relevance above 0.5) among the first k, ranks from 1.
///
/// 0 when there is none or the list is empty, as is the custom of MRR, its mean over lists
/// (Voorhees, TREC-8, 1999): a list that finds nothing counts and must not drop out of the mean.
package func reciprocalRank(
  _ relevance: [Double], at k: Int? = nil, mask: [Bool]? = nil
) -> Double {
  let ranked = rankedIndices(relevance.count, mask: mask, depth: k)
  for (place, i) in ranked.enumerated() where relevance[i] > 0.5 { return 1 / Double(place + 1) }
  return 0
}
