import Foundation
import Testing

/// Files as strangers bring them: what is lost is said with an exit code, and nothing is replaced.
@Suite struct StrangeInputTests {
  private static let ranking =
    #"{"event":"ranking","id":"r","timestamp":1767607200,"user":"u","items":[{"id":"a","position":1}]}"#
  private static let click =
    #"{"event":"interaction","ranking":"r","item":"a","type":"click","timestamp":1767607201}"#

  /// Runs a command line of the shell, with the program as `$F`.
  private func shell(_ line: String, in scratch: Scratch) throws -> (status: Int32, errors: String)
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = scratch.folder
    process.environment = ["F": Binary.path("fader").path, "PATH": "/usr/bin:/bin"]
    let errors = scratch.newFile("err")
    try Data().write(to: errors)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: errors, encoding: .utf8))
  }

  @Test func aLossOrAStrangeFormatEndsWith65AndKeepsTheOutput() throws {
    let scratch = try Scratch()
    try scratch.write("old", to: "out")
    let stranger = Self.click.replacing(#""r""#, with: #""other""#)
    for (text, reason) in [
      (Self.ranking + "\n" + stranger, "name the log of their rankings too"),
      ("[\(Self.ranking)]", "one JSON array"), ("BZh91AY", "bzip2"), ("", "got none of 0 lines"),
    ] {
      try scratch.write(text, to: "events")
      let outcome = try Binary.run(["ingest", "events", "--out", "out"], in: scratch)
      #expect(outcome.status == 65 && outcome.errors.contains(reason), "\(outcome.errors)")
      #expect(try scratch.text("out") == "old")
    }
  }

  @Test func pipesAreCopiedOrRefused() throws {
    let scratch = try Scratch()
    try scratch.write(Self.ranking + "\n" + Self.click, to: "events")
    try scratch.write(
      "data: {sessions: [s]}\nobjectives: [{name: click, predicted: click}]", to: "c")
    for line in [
      "$F ingest <(cat events) --out s", "cat events | $F ingest /dev/stdin --out s",
      "mkfifo p; cat events > p & $F ingest p --out s", "$F inspect <(cat s)",
      "$F validate <(cat s)", "$F ingest events --out /dev/null && test -c /dev/null",
      "$F ingest events --out >(grep -q '\"r\"' && touch seen); sleep 0.5; test -e seen",
    ] {
      let outcome = try shell("rm -f p; " + line, in: scratch)
      #expect(outcome.status == 0, "\(line): \(outcome.errors)")
    }
    let train = try shell("$F train --config c --sessions <(cat s) --out run", in: scratch)
    #expect(train.status == 64 && train.errors.contains("write the sessions to a file first"))
  }

  @Test func onePathTwiceAndEmptyPathsAreRefused() throws {
    let scratch = try Scratch()
    let config = "data: {feed: {}}"
    try scratch.write(config, to: "c")
    let simulate = ["simulate", "--config", "c", "--sessions", "1", "--out"]
    for arguments in [
      simulate + ["z", "--events", "./z"], simulate + [""], simulate + ["./c"],
      ["evaluate", "--checkpoint", "x", "--html", "r", "--markdown", "./r"],
      ["train", "--config", "c", "--out", ""],
      ["ingest", "c", "--out", ""], ["quickstart", "--out", ""],
    ] {
      let outcome = try Binary.run(arguments, in: scratch)
      #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
    }
    #expect(try !scratch.exists("z") && scratch.text("c") == config)
  }
}
