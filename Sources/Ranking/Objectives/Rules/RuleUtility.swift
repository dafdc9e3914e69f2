import Sessions

/// A utility that follows from a list and one raw column of its candidates, with no model between.
///
/// One definition gives three things: the value of a list, the exact share of that value that each
/// step adds, and what the decoder sees of it (`writeLocalContext`). A new rule utility therefore
/// teaches the decoder by itself.
///
/// Lists are candidate indices from the top down; columns are `[M]`, without NaN.
public protocol RuleUtility: Sendable {
  /// The one raw column it reads.
  var column: CandidateColumn { get }

  /// Number of local-context features per candidate.
  var localWidth: Int { get }

  /// U of a list in raw units; 0 for an empty list.
  func value(of list: [Int], column: [Float]) -> Float

  /// What placing `candidate` next adds to the value of a list of `length`.
  ///
  /// Exact: over the steps of a full list of `length` the increments sum to its value.
  func increment(placing candidate: Int, after placed: [Int], length: Int, column: [Float]) -> Float

  /// Writes `localWidth` numbers for every candidate i in `0..<M` at `out[base + i * stride]`.
  ///
  /// The numbers are of the size of 1. Placed candidates get some finite number.
  func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int)
}
