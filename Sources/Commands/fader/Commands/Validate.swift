import ArgumentParser
import Sessions

/// `fader validate`
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a session file, and name every fault.",
    discussion: """
      Each fault is told with its file, line, field, value and remedy. The exit code is 65 if there is one.

      Example:
        fader validate sessions.jsonl.gz
      """)

  @Argument(help: "Session file, JSON Lines, plain or .gz.")
  var sessions: String
  @Option(help: "Faults to show in full; the rest is counted by field.")
  var limit: Int = 20
  @Flag(help: "Print the report as JSON.")
  var json = false

  func validate() throws {
    if limit < 0 { throw ValidationError("--limit: expected at least 0, got \(limit)") }
  }

  func run() throws {
    let report = try validateSessions(path: sessions, limit: limit)
    try json ? StandardOutput.write(json: report) : StandardOutput.write("\(report)\n")
    guard report.isSound else {
      throw CommandError.faultySessions(path: sessions, count: report.faultCount)
    }
    guard report.sessions > 0 else {
      throw CommandError.noSessions(
        "\(sessions): expected sessions, got none; check the file, or what wrote it")
    }
  }
}
