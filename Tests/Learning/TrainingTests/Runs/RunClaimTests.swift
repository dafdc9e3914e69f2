import Sessions
import Testing
import Training

@Suite struct RunClaimTests {
  @Test func oneRunAloneWorksInADirectory() throws {
    try withTemporaryRun("claimed") { path in
      let other = try RunDirectory(path: path)
      try other.claim()
      // Once more does nothing.
      try other.claim()
      let error = #expect(throws: FileError.self) { try TinyRun.run(path) }
      guard case .claimed(path, _) = error else {
        Issue.record("expected a claimed directory, got \(error.map { "\($0)" } ?? "none")")
        return
      }
      #expect(!other.isUsed)
      other.release()
      #expect(throws: Never.self) { try TinyRun.run(path) }
      // The end of a run lets the next one in.
      #expect(throws: Never.self) { try TinyRun.run(path) }
    }
  }

  @Test func aSignalWhileSessionsAreReadLeavesNothingToResume() throws {
    try withTemporaryRun("reading") { path in
      let error = #expect(throws: RunInterrupted.self) {
        try TinyRun.run(path, ["data.simulate=2000"], interrupted: { 2 })
      }
      #expect(error?.signal == 2 && error?.hasState == false)
      let isUsed = try RunDirectory(path: path).isUsed
      #expect(!isUsed)
    }
  }
}
