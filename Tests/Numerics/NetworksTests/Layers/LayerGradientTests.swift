import Networks
import Tensors
import Testing
import TinyModels

@Suite struct LayerGradientTests {
  @Test(arguments: LayerExample.all)
  func gradientsAreTheCentralDifferences(_ example: LayerExample) {
    let worst = example.check.errors().worst
    #expect(
      worst.error < ParameterGradientCheck.tolerance, "\(example): \(worst.name) \(worst.error)")
  }

  /// A check that cannot fail says nothing.
  @Test(arguments: LayerExample.all)
  func aGradientOffByTwoPercentIsNoticed(_ example: LayerExample) {
    #expect(example.check.errors(fault: 1.02).worst.error > 2 * ParameterGradientCheck.tolerance)
  }

  @Test(arguments: LayerExample.all)
  func everyParameterIsUsed(_ example: LayerExample) {
    #expect(example.check.idle() == [])
  }
}
