import Tensors
import Testing

@Suite struct ProcessorTests {
  @Test func theMachineThatBuiltHasNothingToComplainAbout() {
    #expect(Processor.complaint == nil)
  }
}
