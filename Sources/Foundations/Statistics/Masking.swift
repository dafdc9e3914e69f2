/// The indices a measure looks at: all of them, or those whose mask is true.
///
/// A masked entry adds nothing to a value or a count; its numbers are never read, so padding may
/// hold anything, NaN included.
func counted(_ count: Int, mask: [Bool]?) -> [Int] {
  guard let mask else { return Array(0..<count) }
  precondition(mask.count == count, "mask has \(mask.count) entries for \(count) values")
  return (0..<count).filter { mask[$0] }
}

/// Traps on two arrays that do not pair up.
func requirePairs(_ left: [Double], _ right: [Double]) {
  precondition(
    left.count == right.count, "cannot pair \(left.count) values with \(right.count)")
}
