import ArgumentParser
import Tensors
import Training

/// The command line: reads arguments, wires modules together, tells the shell how it went.
@main
struct Fader: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fader",
    abstract: "Trains, evaluates and serves a list re-ranker that is steered while it runs.",
    discussion: """
      Results go to standard output, progress and messages to standard error. NO_COLOR switches \
      colours off.

      Exit codes: 0 done, 1 failure, 2 quality gate not met, 64 usage, 65 bad data, 66 missing \
      input, 74 input or output failed, 78 bad configuration, 130 or 143 after SIGINT or SIGTERM.
      """,
    version: TrainingRun.version,
    subcommands: [
      Quickstart.self, Simulate.self, Ingest.self, Validate.self, Train.self, Evaluate.self,
      Estimate.self, Compare.self, Ablate.self, Rank.self, Serve.self, Inspect.self, Config.self,
      Export.self, Adapt.self, Drift.self, Calibrate.self,
    ])

  static func main() async {
    do {
      if let complaint = Processor.complaint { throw CommandError.unfitProcessor(complaint) }
      Allocator.keepFreedBlocks()
      OpenBLAS.takeLargeProducts()
      var command = try parseAsRoot()
      if !watchesSignals(command) { UnfinishedFiles.removeAtSignals() }
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(after: error)
    }
  }

  /// Whether the command itself says what SIGINT and SIGTERM do.
  private static func watchesSignals(_ command: any ParsableCommand) -> Bool {
    command is Train || command is Quickstart || command is Serve
  }

  /// Says what went wrong and ends the process with the exit code for it.
  private static func end(after error: any Error) -> Never {
    if let status = ExitStatus(of: error) {
      StandardError.end("fader: \(ExitStatus.wording(of: error))\n")
      exit(withError: ExitCode(status.rawValue))
    }
    let code = exitCode(for: error)
    // Help, versions and exit codes are errors to the parser, too; it knows where they go.
    if code.isSuccess || error is ExitCode { exit(withError: error) }
    if code == .validationFailure {
      let text = fullMessage(for: error)
      let prefix = "Error: "
      StandardError.end(
        "fader: \(text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...])\n")
    } else {
      StandardError.end("fader: \(ExitStatus.wording(of: error))\n")
    }
    exit(withError: code)
  }
}
