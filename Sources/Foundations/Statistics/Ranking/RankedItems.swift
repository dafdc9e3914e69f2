/// The indices of a ranked list that count, from the top, at most `depth` of them.
///
/// Masked entries are taken out first and those below move up, so padding at the end and padding in
/// between mean the same. Without a depth the whole list counts.
func rankedIndices(_ count: Int, mask: [Bool]?, depth: Int?) -> ArraySlice<Int> {
  let kept = counted(count, mask: mask)
  guard let depth else { return kept[...] }
  precondition(depth > 0, "a ranking is cut off at a depth of at least 1, got \(depth)")
  return kept.prefix(depth)
}
