/// The most allocations that each piece of work may make, about 5 % over what it makes; a change
/// that makes fewer lowers the limit with it.
enum AllocationLimits {
  static let generatorStep = AllocationCount(calls: 8233, bytes: 36_960_000)
  static let evaluatorStep = AllocationCount(calls: 1990, bytes: 5_943_000)
  static let requestWithTheta = AllocationCount(calls: 320, bytes: 261_000)
  static let requestMakingTheta = AllocationCount(calls: 329, bytes: 328_000)
  /// Of the quickstart's checkpoint, whose generator asks three evaluators for its reference. Counts
  /// differ by a few from run to run, since dictionaries hash with a seed of the process: 2,863 to
  /// 2,869 were seen.
  static let answer = AllocationCount(calls: 3000, bytes: 1_150_000)
}
