import CAllocationCounting
import Testing

/// Calls of the allocator, and the bytes asked for.
struct AllocationCount: Equatable {
  var calls: Int
  var bytes: Int

  /// Whether counts mean something here: without the optimiser other code runs, and not every
  /// system lets the allocator be counted.
  static var isHeld: Bool {
    #if DEBUG
      false
    #else
      fader_allocations_are_counted()
    #endif
  }

  /// What `body` allocates on the calling thread.
  static func of(_ body: () throws -> Void) rethrows -> AllocationCount {
    fader_allocations_begin()
    // An error leaves nothing counting.
    defer { _ = fader_allocations_end() }
    try body()
    let count = fader_allocations_end()
    return AllocationCount(calls: Int(count.calls), bytes: Int(count.bytes))
  }

  /// What `body` allocates once its caches and scratch arrays are in place, and the runtime knows its
  /// types, which allocates too.
  static func ofWarm(_ body: () throws -> Void) rethrows -> AllocationCount {
    for _ in 0..<2 { try body() }
    return try of(body)
  }

  func expectWithin(
    _ limit: AllocationCount, _ work: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let advice =
      "look for the arrays that are new; a lower count should lower the limit in "
      + "AllocationLimits.swift"
    #expect(
      calls <= limit.calls,
      "\(work) called the allocator \(calls) times, the limit is \(limit.calls): \(advice)",
      sourceLocation: sourceLocation)
    #expect(
      bytes <= limit.bytes,
      "\(work) asked for \(bytes) bytes, the limit is \(limit.bytes): \(advice)",
      sourceLocation: sourceLocation)
  }
}
