import Foundation
import Testing

/// What the program does when something is wrong: the exit code, and words that must be in the
/// message.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var status: Int32
  var words: [String]

  init(_ arguments: String, _ status: Int32, _ words: String...) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.status = status
    self.words = words
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite struct FaultTests {
  static let usage = [
    FaultCase("rerank", 64, "rerank"),
    FaultCase("train --out x", 64, "--config", "configs/feed.yaml"),
    FaultCase("train --config tiny.yaml --out run", 64, "run", "--resume"),
    FaultCase("train --config tiny.yaml --out run --resume", 64, "leave out --config"),
    FaultCase("train --config tiny.yaml --out x --workers 0", 64, "--workers", "0"),
    FaultCase("train --config tiny.yaml --out x --seed -1", 64, "seed"),
    FaultCase("simulate --config tiny.yaml --sessions 0 --out x", 64, "--sessions", "at least 1"),
    FaultCase("ingest events.jsonl --out x --window=-5", 64, "window", "-5"),
    FaultCase("ingest events.jsonl --out x --retract unsave", 64, "unsave=save"),
    FaultCase("evaluate --checkpoint run --requests 0", 64, "--requests"),
    FaultCase("evaluate --checkpoint run --boosted=-1", 64, "--boosted"),
    FaultCase("rank --checkpoint run --weights clicks=1", 64, "clicks", "did you mean \"click\""),
    FaultCase("rank --checkpoint run --weights click=-1", 64, "click", "-1"),
    FaultCase("rank --checkpoint run --weights click", 64, "click=0.7"),
    FaultCase("serve --checkpoint run --port 70000", 64, "--port", "70000"),
    FaultCase("quickstart --out run", 64, "run", "--out"),
  ]

  static let inputs = [
    FaultCase("validate faulty.jsonl", 65, "faulty.jsonl", "2 faults"),
    FaultCase("validate empty.jsonl", 65, "empty.jsonl", "expected sessions"),
    FaultCase("validate cut.jsonl.gz", 65, "cut.jsonl.gz", "cut off"),
    FaultCase(
      "evaluate --checkpoint run --sessions faulty.jsonl", 65, "faulty.jsonl:1", "/shown/1"),
    FaultCase("inspect damaged", 65, "damaged", "SHA-256"),
    FaultCase("inspect old", 65, "old", "version 1"),
    FaultCase("validate none.jsonl", 66, "none.jsonl", "no such file"),
    FaultCase("ingest none.jsonl --out x", 66, "none.jsonl"),
    FaultCase("train --config none.yaml --out x", 66, "none.yaml"),
    FaultCase("train --out none --resume", 66, "none/config.yaml"),
    FaultCase("evaluate --checkpoint none", 66, "none"),
    FaultCase("serve --checkpoint empty", 66, "bundle.json"),
    FaultCase("inspect none", 66, "none", "check the path"),
    FaultCase("simulate --config tiny.yaml --sessions 2 --out none/x", 74, "none/x"),
    FaultCase("evaluate --checkpoint run --requests 5 --html none/x", 74, "none/x"),
  ]

  static let configurations = [
    FaultCase("train --config tiny.yaml --out x --set training.step=1", 78, "step"),
    FaultCase("train --config tiny.yaml --out x --set training.seed=one", 78, "one"),
    FaultCase("train --config tiny.yaml --out x --set generator.attention=9", 78, "of 16", "9"),
    FaultCase("train --config tiny.yaml --out x --set objectives=[]", 78, "at least one"),
    FaultCase("train --config tiny.yaml --out x --set version=2", 78, "version"),
    FaultCase("train --config text.yaml --out x", 78, "text.yaml:1", "mapping"),
    FaultCase("simulate --config log.yaml --sessions 2 --out x", 78, "data.feed"),
    FaultCase("serve --checkpoint run --set serving.prot=1", 78, "prot"),
  ]

  @Test(arguments: usage + inputs + configurations)
  func faultsHaveTheirCodeAndMessage(fault: FaultCase) throws {
    let scratch = try Self.folder.get()
    let outcome = try Binary.run(fault.arguments, in: scratch)
    #expect(outcome.status == fault.status, "\(outcome.errors)")
    #expect(outcome.errors.contains("fader: "))
    for word in fault.words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    #expect(!scratch.exists("x"), "nothing is left behind")
  }

  @Test func resultsThatCannotBeWrittenAreAFault() throws {
    let scratch = try Self.folder.get()
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "'\(Binary.path("fader").path)' validate sessions.jsonl >/dev/full 2>/dev/null",
    ]
    shell.currentDirectoryURL = scratch.folder
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 74)
  }

  /// The tiny run with everything wrong beside it.
  static let folder = Result {
    let scratch = try TinyRun.shared.get()
    let sound = try scratch.text("sessions.jsonl").split(separator: "\n")
    let faulty = sound.prefix(2).map { line in
      line.replacing(/"shown":\[(\d+),\d+/) { "\"shown\":[\($0.1),99" }
    }
    try scratch.write(faulty.joined(separator: "\n") + "\n", to: "faulty.jsonl")
    try scratch.write("\n", to: "empty.jsonl")
    try scratch.write("just text\n", to: "text.yaml")
    try scratch.write(
      "version: 1\ndata: {sessions: [sessions.jsonl]}\nobjectives: [{name: a, mean: b}]\n",
      to: "log.yaml")
    let packed = ["simulate", "--config", "tiny.yaml", "--sessions", "40", "--out", "all.jsonl.gz"]
    _ = try Binary.run(packed, in: scratch)
    let whole = try Data(contentsOf: scratch.folder.appendingPathComponent("all.jsonl.gz"))
    try whole.prefix(whole.count / 2)
      .write(to: scratch.folder.appendingPathComponent("cut.jsonl.gz"))
    try makeCheckpoints(in: scratch)
    return scratch
  }

  private static func makeCheckpoints(in scratch: Scratch) throws {
    let files = FileManager.default
    try files.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: true)
    for name in ["damaged", "old"] {
      try files.copyItem(atPath: scratch.path(TinyRun.checkpoint), toPath: scratch.path(name))
    }
    let model = scratch.folder.appendingPathComponent("damaged/model.safetensors")
    var bytes = try Data(contentsOf: model)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: model)
    try scratch.write(
      "{\"format\": \"fader-checkpoint\", \"version\": 9}", to: "old/bundle.json")
  }
}
