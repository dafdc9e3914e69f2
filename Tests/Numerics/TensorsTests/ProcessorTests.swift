import Tensors
import Testing

@Suite struct ProcessorTests {
  @Test func withoutARequestThereIsNothingToComplainAbout() {
    #expect(Processor.complaint(about: nil, highest: .baseline) == nil)
    #expect(Processor.level <= Processor.highest)
  }

  @Test func aLevelThatThisProcessorHasIsFine() {
    #expect(Processor.complaint(about: "avx2", highest: .avx512) == nil)
    #expect(Processor.complaint(about: "avx2", highest: .avx2) == nil)
  }

  @Test func moreThanTheProcessorHasIsSaid() throws {
    let text = try #require(Processor.complaint(about: "avx512", highest: .avx2))
    #expect(text.contains("FADER_KERNELS") && text.contains("avx512") && text.contains("is avx2"))
  }

  @Test func aNameOfNoLevelIsSaid() throws {
    let text = try #require(Processor.complaint(about: "sse9", highest: .avx512))
    #expect(text.contains("baseline, avx2, avx512") && text.contains("sse9"))
  }
}
