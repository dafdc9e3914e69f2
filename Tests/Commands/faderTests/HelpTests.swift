import Testing

@Suite struct HelpTests {
  static let commands = [
    "quickstart", "simulate", "ingest", "validate", "train", "evaluate", "rank", "serve", "inspect",
    "config", "compare", "ablate", "estimate", "drift", "calibrate",
  ]

  @Test func helpNamesEveryCommandAndExitCode() throws {
    let outcome = try Binary.run(["--help"], in: Scratch())
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    for word in Self.commands + ["64", "65", "66", "74", "78", "130", "143", "NO_COLOR"] {
      #expect(outcome.output.contains(word), "\(word)")
    }
  }

  @Test(arguments: commands)
  func everyCommandExplainsItself(command: String) throws {
    let outcome = try Binary.run([command, "--help"], in: Scratch())
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("USAGE: fader \(command)"))
    let example = outcome.output.split(separator: "\n").contains {
      $0.hasPrefix("  fader \(command) ") || $0 == "  fader \(command)"
    }
    #expect(example, "the help of \(command) has an example")
  }
}
