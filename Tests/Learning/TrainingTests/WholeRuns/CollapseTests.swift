import Foundation
import Testing
import Training

@Suite struct CollapseTests {
  /// A rate of 50 makes the policy sure of one list per request after a few steps.
  private let absurd = [
    "training.generator.learning_rate=50", "training.generator.steps=60",
    "training.generator.imitation_steps=0", "training.generator.restarts=2",
    "training.generator.health.warmup_steps=1", "training.generator.health.entropy_steps=4",
    "training.generator.health.better_share_floor=1",
  ]

  @Test func aCollapseIsReportedAndStartedAgainUntilNoRestartIsLeft() throws {
    try withTemporaryRun("collapse") { path in
      let notes = Notes()
      let fault = try #require(throws: CollapseError.self) {
        try TinyRun.run(path, absurd, notes: notes)
      }
      #expect(fault.attempts == 3)
      #expect("\(fault)".hasPrefix("the policy collapsed in each of 3 attempts"))
      for attempt in 1...3 {
        #expect(notes.all.count { $0.hasPrefix("attempt \(attempt) collapsed: the ") } == 1)
      }
      #expect(notes.all.count { $0 == "starting again with the next seed" } == 2)

      let metrics = content("\(path)/metrics.jsonl").split(separator: "\n")
      let firsts = (0...2).compactMap { attempt in
        metrics.first { $0.contains("\"generator.attempt\":\(attempt).0") }
      }
      #expect(firsts.count == 3)
      // Another seed draws other lists from another start.
      #expect(Set(firsts.compactMap { $0.split(separator: ",").last }).count == 3)
    }
  }

  @Test func noRestartLeftFailsAtOnce() throws {
    try withTemporaryRun("once") { path in
      let fault = try #require(throws: CollapseError.self) {
        try TinyRun.run(path, absurd + ["training.generator.restarts=0"])
      }
      #expect(fault.attempts == 1)
    }
  }

  @Test func anInterruptionInTheSecondAttemptChangesNothing() throws {
    try withTemporaryRun("whole") { whole in
      let expected = #expect(throws: CollapseError.self) { try TinyRun.run(whole, absurd) }
      let metrics = content("\(whole)/metrics.jsonl")
      let lines = metrics.split(separator: "\n")
      let second = try #require(lines.firstIndex { $0.contains("\"generator.attempt\":1.0") })
      try withTemporaryRun("second") { path in
        let count = Polls()
        // A step that collapses is not followed by a poll.
        #expect(throws: RunInterrupted.self) {
          try TinyRun.run(path, absurd) { count.next() == second + 1 ? SIGTERM : nil }
        }
        let got = #expect(throws: CollapseError.self) { try TinyRun.run(path, absurd) }
        #expect(got == expected)
        #expect(content("\(path)/metrics.jsonl") == metrics)
      }
    }
  }

  /// Numbers that overflow are a collapse like another, in imitation too.
  @Test(arguments: [0, 3])
  func aPolicyGoneToNaNIsACollapseAndNoCrash(imitationSteps: Int) throws {
    try withTemporaryRun("nan") { path in
      let fault = try #require(throws: CollapseError.self) {
        try TinyRun.run(
          path,
          absurd + [
            "training.generator.learning_rate=1e30", "training.generator.restarts=1",
            "training.generator.imitation_steps=\(imitationSteps)",
          ])
      }
      guard case .notFinite = fault.reason else {
        Issue.record("collapsed because \(fault.reason)")
        return
      }
    }
  }

  @Test func aHealthyRunIsLeftAlone() throws {
    try withTemporaryRun("healthy") { path in
      let notes = Notes()
      try TinyRun.run(path, notes: notes)
      #expect(!notes.all.contains { $0.contains("collapsed") })
    }
  }
}
