import ArgumentParser
import EventIngest
import Sessions

/// `fader ingest`
struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join an event log into sessions, and count what did not join.",
    discussion: """
      Reads rankings, interactions and changes of features, from any number of files in any order, and writes one session \
      per ranking. What cannot be joined is counted by reason. If more is lost than --allow-loss permits, the exit code is \
      65 and an existing output file is kept.

      Example:
        fader ingest rankings.jsonl.gz clicks.jsonl.gz --out sessions.jsonl.gz
      """)

  @Argument(help: "Event logs, JSON Lines, plain or .gz.")
  var logs: [String]
  @Option(help: "Session file to write, gzip when it ends in .gz.")
  var out: String
  @Option(help: "Seconds after a ranking in which interactions join it.")
  var window: Double = IngestOptions().window
  @Option(
    help: """
      Interaction that takes back another one, as in unsave=save; may be given more than once. \
      (default: unsave=save)
      """)
  var retract: [String] = []
  @Option(
    help: """
      Share of interactions that may fail to join, of rankings that may give no session and of \
      lines that may be no events; with more, nothing is written and the exit code is 65.
      """)
  var allowLoss: Double = IngestOptions().allowedLoss
  @Flag(help: "Print the report as JSON.")
  var json = false

  func validate() throws {
    try requirePath(out, of: "--out")
    if let fault = try options().faults().first { throw ValidationError("\(fault)") }
  }

  func run() throws {
    do {
      try show(try ingest(events: logs, to: out, options: try options()))
    } catch let loss as IngestLoss {
      try show(loss.report)
      throw loss
    }
  }

  private func show(_ report: IngestReport) throws {
    try json ? StandardOutput.write(json: report) : StandardOutput.write("\(report)\n")
  }

  private func options() throws -> IngestOptions {
    var options = IngestOptions(window: window, allowedLoss: allowLoss)
    if !retract.isEmpty { options.retractions = [:] }
    for pair in retract {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError("--retract: expected a pair such as unsave=save, got '\(pair)'")
      }
      options.retractions[parts[0]] = parts[1]
    }
    return options
  }
}
