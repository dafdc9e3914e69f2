import ArgumentParser
import JSON

/// `fader inspect`
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a checkpoint, a run or a session file holds.",
    discussion: """
      Example:
        fader inspect runs/first
      """)

  @Argument(help: "Checkpoint folder, run directory or session file.")
  var path: String
  @Flag(help: "Print it as JSON, on one line.")
  var json = false

  func run() throws {
    let content = try Inspection.of(path)
    try StandardOutput.write(
      json
        ? content.serialized() + "\n" : content.shortened.outline().joined(separator: "\n") + "\n")
  }
}
