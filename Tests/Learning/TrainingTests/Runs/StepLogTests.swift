import Foundation
import RandomStreams
import Testing
import Training

@Suite struct StepLogTests {
  @Test func aLineHasTheStepThenSortedKeys() {
    let line = StepLog.line(
      step: 7, ["b": 0.1, "a/x": -2, "a\"\\\n": .nan, "c": 1e-7, "d": .infinity, "é": 1e30])
    #expect(
      line == #"{"step":7,"a\"\\\n":null,"a/x":-2.0,"b":0.1,"c":1e-07,"d":null,"é":1e+30}"#)
    #expect(StepLog.line(step: 0, [:]) == "{\"step\":0}")
  }

  @Test func everyLineIsJSON() throws {
    let line = StepLog.line(step: 7, ["b": 0.1, "\u{1}\"\\": 1e-300, "c": -1e300])
    let read = try JSONDecoder().decode([String: Double].self, from: Data(line.utf8))
    #expect(read == ["step": 7, "b": 0.1, "\u{1}\"\\": 1e-300, "c": -1e300])
  }

  @Test(arguments: UInt64(0)..<5)
  func aResumedRunLeavesTheUninterruptedFile(seed: UInt64) throws {
    try withTemporaryRun("resume-\(seed)") { path in
      let run = try RunDirectory(path: path)
      func values(_ step: Int) -> [String: Double] {
        var stream = RandomStream(seed: seed, "values", step: UInt64(step))
        return ["reward": stream.normal(), "loss": stream.uniform()]
      }
      let whole = try StepLog(path: "\(path)/whole.jsonl")
      for step in 1...40 { try whole.log(step: step, values(step)) }

      var stream = RandomStream(seed: seed, "interruption")
      let resumed = stream.below(25)
      let first = try StepLog(path: run.metricsFile)
      for step in 1...resumed + 1 + stream.below(10) { try first.log(step: step, values(step)) }
      // A kill in the middle of a line.
      let torn = try FileHandle(forWritingTo: URL(fileURLWithPath: run.metricsFile))
      try torn.seekToEnd()
      try torn.write(contentsOf: Data("{\"step\":1".utf8))
      let second = try StepLog(path: run.metricsFile, resumedStep: resumed)
      for step in (resumed + 1)...40 { try second.log(step: step, values(step)) }
      #expect(content(run.metricsFile) == content("\(path)/whole.jsonl"))
    }
  }

  @Test func severalLinesOfTheResumedStepAreKept() {
    let lines = Array("{\"step\":1,\"a\":1.0}\n{\"step\":2}\n{\"step\":2}\n{\"step\":3}\n".utf8)
    #expect(StepLog.prefix(of: lines, upTo: 2) == lines.count - 11)
    #expect(StepLog.prefix(of: lines, upTo: 3) == lines.count)
    #expect(StepLog.prefix(of: lines, upTo: 0) == 0)
    #expect(StepLog.prefix(of: Array("nonsense\n{\"step\":1}\n".utf8), upTo: 2) == 0)
  }

  @Test func aNewRunStartsEmptyAndAResumedOneMayHaveNoFile() throws {
    try withTemporaryRun("new") { path in
      let run = try RunDirectory(path: path)
      try StepLog(path: run.metricsFile, resumedStep: 5).log(step: 6, [:])
      #expect(content(run.metricsFile) == "{\"step\":6}\n")
      try StepLog(path: run.metricsFile).log(step: 1, [:])
      #expect(content(run.metricsFile) == "{\"step\":1}\n")
    }
  }

  @Test func timingsStayOutOfTheMetrics() throws {
    try withTemporaryRun("log") { path in
      let run = try RunDirectory(path: path)
      let log = try RunLog(run)
      try log.log(step: 1, ["reward": 0.5], timings: ["seconds": 2])
      try log.log(step: 2, ["reward": 0.25])
      #expect(
        content(run.metricsFile)
          == "{\"step\":1,\"reward\":0.5}\n{\"step\":2,\"reward\":0.25}\n")
      #expect(content(run.timingsFile) == "{\"step\":1,\"seconds\":2.0}\n")
    }
  }
}
