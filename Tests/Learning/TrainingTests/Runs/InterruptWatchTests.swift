import Foundation
import Testing
import Training

/// Each test runs in a process of its own, which it sends signals to.
@Suite struct InterruptWatchTests {
  @Test func theFirstSignalOnlySetsTheFlag() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let watch = InterruptWatch()
      guard watch.requested == nil else { exit(1) }
      kill(getpid(), SIGTERM)
      exit(arrival(at: watch) == SIGTERM ? 7 : 2)
    }
  }

  @Test func theSecondInterruptLeavesAtOnceWith130() async {
    await #expect(processExitsWith: .exitCode(130)) {
      let watch = InterruptWatch()
      kill(getpid(), SIGINT)
      guard arrival(at: watch) == SIGINT else { exit(2) }
      kill(getpid(), SIGINT)
      sleep(10)
    }
  }

  @Test func aTerminationAfterAnInterruptLeavesWith143() async {
    await #expect(processExitsWith: .exitCode(143)) {
      let watch = InterruptWatch()
      kill(getpid(), SIGINT)
      guard arrival(at: watch) == SIGINT else { exit(2) }
      kill(getpid(), SIGTERM)
      sleep(10)
    }
  }

  @Test func aReleasedWatchStillLetsTheSecondSignalThrough() async {
    await #expect(processExitsWith: .exitCode(130)) {
      _ = InterruptWatch()
      for _ in 0..<100 {
        kill(getpid(), SIGINT)
        usleep(100_000)
      }
    }
  }

  @Test func exitCodesFollowTheShellsRule() {
    #expect(InterruptWatch.exitCode(of: SIGINT) == 130)
    #expect(InterruptWatch.exitCode(of: SIGTERM) == 143)
  }
}

/// The signal that `watch` sees within some seconds.
private func arrival(at watch: InterruptWatch) -> Int32? {
  for _ in 0..<1000 {
    if let signal = watch.requested { return signal }
    usleep(10_000)
  }
  return nil
}
