import ArgumentParser
import ConfigurationFields
import ConfigurationReference
import JSON
import Serving
import Training

/// `fader config`
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print every key of a configuration: its default, range, unit and meaning.",
    discussion: """
      A key alone prints what is below it. In a key, N stands for an entry of a list and NAME for a name of your own. \
      --json-schema is for editors, which then check and complete configuration files.

      Examples:
        fader config training.generator
        fader config --yaml > reference.yaml
      """)

  @Argument(help: "Key or section to print alone, such as training.judge.")
  var key: String?
  @Flag(help: "Print a configuration file of all defaults, with comments.")
  var yaml = false
  @Flag(help: "Print a JSON Schema (draft 2020-12).")
  var jsonSchema = false

  func validate() throws {
    if (key == nil ? 0 : 1) + (yaml ? 1 : 0) + (jsonSchema ? 1 : 0) > 1 {
      throw ValidationError(
        "give one of a key, --yaml and --json-schema; the latter print all keys")
    }
  }

  func run() throws {
    let reference = ConfigurationReference.whole
    if yaml { return try StandardOutput.write(try reference.yaml()) }
    if jsonSchema { return try StandardOutput.write(line: try reference.jsonSchema().serialized()) }
    guard let text = try reference.text(key, width: min(TerminalStyle.width, 100)) else {
      throw CommandError.unknownKey(key ?? "", known: reference.paths)
    }
    try StandardOutput.write(text)
  }
}

extension ConfigurationReference {
  /// All sections of a configuration file, whoever reads them.
  static let whole = ConfigurationReference(
    RunConfiguration.keys() + [
      KeyDescription("serving", ServingConfiguration.self, "How lists are served over HTTP.")
    ])
}
