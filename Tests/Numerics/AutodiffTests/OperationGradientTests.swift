import Autodiff
import Testing

@Suite struct OperationGradientTests {
  @Test(arguments: Operation.allCases, seeds)
  func gradientsAreCentralDifferences(_ operation: Operation, seed: UInt64) throws {
    let checks = try #require(operationChecks[operation])
    for check in checks(seed) {
      #expect(check.worstError() < GradientCheck.tolerance)
    }
  }

  /// The control: with a gradient 2 % off, in either direction, each of the checks above fails.
  @Test(arguments: Operation.allCases, seeds)
  func aGradientTwoPercentOffIsFound(_ operation: Operation, seed: UInt64) throws {
    let checks = try #require(operationChecks[operation])
    for check in checks(seed) {
      #expect(check.worstError(fault: 1.02) > 3 * GradientCheck.tolerance)
      #expect(check.worstError(fault: 0.98) > 3 * GradientCheck.tolerance)
    }
  }
}
