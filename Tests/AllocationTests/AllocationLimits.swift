/// The most allocations that each piece of work may make, about 5 % over what it makes; a change
/// that makes fewer lowers the limit with it.
enum AllocationLimits {
  static let generatorStep = AllocationCount(calls: 7180, bytes: 37_000_000)
  static let evaluatorStep = AllocationCount(calls: 2016, bytes: 5_950_000)
  static let requestWithTheta = AllocationCount(calls: 323, bytes: 262_000)
  static let requestMakingTheta = AllocationCount(calls: 336, bytes: 317_000)
  static let answer = AllocationCount(calls: 4000, bytes: 4_000_000)
}
