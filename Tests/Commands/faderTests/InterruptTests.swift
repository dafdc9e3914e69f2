import Foundation
import Testing

/// What is left when a command is told to stop, or when two do the same thing.
@Suite struct InterruptTests {
  @Test func anUnfinishedFileGoesWithItsCommand() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    try FileManager.default.createDirectory(
      atPath: scratch.path("out"), withIntermediateDirectories: true)
    func names() -> [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: scratch.path("out"))) ?? []
    }
    let simulation = try Binary.start(
      [
        "simulate", "--config", "tiny.yaml", "--sessions", "10000000", "--out", "out/s.jsonl",
        "--events", "out/e.jsonl",
      ], in: scratch)
    simulation.wait { names().count == 2 }
    #expect(names().allSatisfy { $0.hasSuffix(".partial") })
    simulation.process.interrupt()
    #expect(try simulation.wait().status == 130)
    #expect(names() == [])
  }

  @Test func oneOfTwoTrainingsIntoOneFolderIsRefused() throws {
    let scratch = try Scratch()
    try scratch.write(TinyRun.configuration(), to: "tiny.yaml")
    let runs = try (0..<2).map { _ in try Binary.start(TinyRun.train(out: "both"), in: scratch) }
    let outcomes = try runs.map { try $0.wait() }
    #expect(outcomes.map(\.status).sorted() == [0, 64])
  }

  @Test func aConfigurationFromAPipeIsRefusedInPlainWords() throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    let program = Binary.path("fader").path
    process.arguments = ["-c", "'\(program)' train --config <(echo version: 1) --out run 2>errors"]
    process.currentDirectoryURL = scratch.folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
    #expect(try scratch.text("errors").contains("write the configuration to a file"))
  }
}
