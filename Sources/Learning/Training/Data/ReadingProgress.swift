import Foundation

/// Shows how far the sessions are read, and stops the reading at a signal.
struct ReadingProgress {
  private let context: RunContext
  private var line: ProgressLine?
  private var pass = ""

  init(_ context: RunContext) {
    self.context = context
  }

  /// Before each chunk of sessions, and at the end.
  ///
  /// - Parameters:
  ///   - pass: what is done with them.
  ///   - total: nil when nobody knows yet.
  mutating func update(_ pass: String, _ done: Int, of total: Int?) throws(RunInterrupted) {
    if done > 0, done != total, let signal = context.interrupted() {
      finish()
      throw RunInterrupted(
        signal: signal,
        hasState: FileManager.default.fileExists(atPath: context.directory.configFile))
    }
    if pass != self.pass {
      finish()
      self.pass = pass
      line = context.progress(pass, total, 0, "sessions")
    }
    line?.update(done)
  }

  mutating func finish() { line?.finish() }
}
