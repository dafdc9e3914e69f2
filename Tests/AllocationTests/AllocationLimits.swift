/// The most allocations that each piece of work may make, about 5 % over what it makes; a change
/// that makes fewer lowers the limit with it.
enum AllocationLimits {
  static let generatorStep = AllocationCount(calls: 7170, bytes: 36_970_000)
  static let evaluatorStep = AllocationCount(calls: 2016, bytes: 5_947_000)
  static let requestWithTheta = AllocationCount(calls: 322, bytes: 262_000)
  static let requestMakingTheta = AllocationCount(calls: 336, bytes: 317_000)
  static let answer = AllocationCount(calls: 1142, bytes: 633_000)
}
