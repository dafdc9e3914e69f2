import Testing

/// The controls: what is counted and what is not.
@Suite(.enabled(if: AllocationCount.isHeld)) struct CountingTests {
  @Test func anArrayIsOneCall() {
    var array: [Float] = []
    let count = AllocationCount.ofWarm { array = [Float](repeating: 1, count: 1_000_000) }
    #expect(array.last == 1)
    #expect(count.calls == 1)
    #expect((4_000_000..<4_001_000).contains(count.bytes), "\(count.bytes) bytes")
  }

  /// Swift's strings and the standard library's own code allocate through the same door.
  @Test func whatTheStandardLibraryAllocatesCounts() {
    var text = ""
    let count = AllocationCount.ofWarm { text = String(repeating: "allocation ", count: 1000) }
    #expect(text.utf8.count == 11_000)
    #expect(count.calls >= 1 && count.bytes >= 11_000)
  }

  @Test func nothingIsCountedOutside() {
    let before = [Float](repeating: 1, count: 1_000_000)
    let count = AllocationCount.of {}
    let after = [Float](repeating: 1, count: 1_000_000)
    #expect(before == after)
    #expect(count == AllocationCount(calls: 0, bytes: 0))
  }

  @Test func moreThanTheLimitIsAnIssue() {
    let limit = AllocationCount(calls: 10, bytes: 1000)
    limit.expectWithin(limit, "made up")
    withKnownIssue { AllocationCount(calls: 11, bytes: 1000).expectWithin(limit, "made up") }
    withKnownIssue { AllocationCount(calls: 10, bytes: 1001).expectWithin(limit, "made up") }
  }
}
