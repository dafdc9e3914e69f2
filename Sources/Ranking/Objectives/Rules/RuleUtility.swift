package import Sessions

/// A utility that follows from a list and one raw column of its candidates, with no model between.
///
/// One definition gives three things: the value of a list, the exact share of that value that each
/// step adds, and what the decoder sees of it (`writeLocalContext`). A new rule utility therefore
/// teaches the decoder by itself. It also says how it is written down, so that a rule is one file
/// in this folder and one row in `RuleTable`.
///
/// Lists are candidate indices from the top down; columns are `[M]`, without NaN.
package protocol RuleUtility: Sendable, Hashable {
  /// The key that names it in a configuration; its value is the feature.
  static var key: String { get }

  /// What it reads its feature as.
  static var reads: CandidateColumn.Kind { get }

  /// What a reader of the configuration should know of the key, in full sentences.
  static var meaning: String { get }

  /// Whether values lie between 0 and 1 whatever the feature's scale, so that reports can tell them in
  /// percent; false by default.
  static var isShare: Bool { get }

  /// Keys that may stand beside its own; none by default.
  static var options: [RuleOption] { get }

  /// - Parameter options: sound values by key, with all that must be given.
  init(feature: String, options: [String: Double])

  /// Values of the options by key, as `init` takes them; none by default.
  var optionValues: [String: Double] { get }

  /// The rule on one line, as in `distinct(shop, window 3)`.
  var summary: String { get }

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

  /// Adds to `sums[i]` the increment of each candidate i in `0..<M`, times `factor`.
  func addIncrements(
    after placed: [Int], length: Int, column: [Float], scaledBy factor: Float,
    to sums: inout [Float])

  /// Writes `localWidth` numbers for every candidate i in `0..<M` at `out[base + i * stride]`.
  ///
  /// The numbers are of the size of 1. Placed candidates get some finite number.
  func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int)

  /// Share of a batch's places from which on the utility counts no more in training; nil, the default,
  /// for one that always counts. The share is that of `column`.
  var gate: Float? { get }

  /// What each candidate is worth by itself, whatever else is in the list, times the list's length:
  /// `[M]`. Nil, the default, where only the list as a whole is worth something.
  func itemValues(_ column: [Float]) -> [Float]?
}

extension RuleUtility {
  package static var isShare: Bool { false }

  package static var options: [RuleOption] { [] }

  package var optionValues: [String: Double] { [:] }

  package var summary: String { "\(Self.key)(\(column.feature))" }

  package var gate: Float? { nil }

  package func itemValues(_ column: [Float]) -> [Float]? { nil }

  package func addIncrements(
    after placed: [Int], length: Int, column: [Float], scaledBy factor: Float,
    to sums: inout [Float]
  ) {
    for i in sums.indices {
      sums[i] += factor * increment(placing: i, after: placed, length: length, column: column)
    }
  }
}
