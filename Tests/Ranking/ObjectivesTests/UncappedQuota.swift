import Objectives
import Sessions

/// A quota whose increments forget the cap: the control of the increment test.
struct UncappedQuota: RuleUtility {
  static let key = "uncapped"
  static let reads = Quota.reads
  static let meaning = "Flag of the items, as for quota but without an end."

  private let quota: Quota

  init(feature: String = "f", options: [String: Double] = ["target": 0.3]) {
    quota = Quota(feature: feature, options: options)
  }

  var column: CandidateColumn { quota.column }
  var localWidth: Int { quota.localWidth }

  func value(of list: [Int], column: [Float]) -> Float {
    quota.value(of: list, column: column)
  }

  func increment(
    placing candidate: Int, after placed: [Int], length: Int, column: [Float]
  ) -> Float {
    column[candidate] / (Float(length) * quota.target)
  }

  func writeLocalContext(
    after placed: [Int], length: Int, column: [Float], into out: inout [Float], base: Int,
    stride: Int
  ) {
    quota.writeLocalContext(
      after: placed, length: length, column: column, into: &out, base: base, stride: stride)
  }
}
