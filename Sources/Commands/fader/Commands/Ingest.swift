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
  @Option(
    help: ArgumentHelp(
      """
      Give each session a history of what its user saw and did before, at most so many behaviours of each type, as in \
      exposure=50,click=20. An exposure is an item that was shown; the others are types of interaction.
      """, valueName: "type=number,...")
  )
  var history: String?
  @Option(help: "Seconds after which a behaviour is left out of histories. (default: never)")
  var historyWindow: Double?
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
    options.history.window = historyWindow
    for pair in history?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, let length = Int(parts[1]), length > 0,
        options.history.lengths.updateValue(length, forKey: parts[0]) == nil
      else {
        throw ValidationError(
          "--history: expected types and numbers from 1, each type once, such as "
            + "exposure=50,click=20, got '\(pair)'")
      }
    }
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
