import DataSources
import EvaluatorModel
import Features
import Foundation
import Objectives
import Sessions
import StrictYAML
import Tensors
import Testing
import Training
import Worlds

/// Whether feedback is a probability or a number is declared, or plain from the log.
@Suite struct FeedbackTypeTests {
  /// Clicks of the first sessions become `value`, one of each.
  private func withLog(
    odd count: Int, value: Float = 2,
    _ body: (_ configuration: RunConfiguration, _ path: String)
      throws -> Void
  ) throws {
    try withTemporaryRun("feedback") { path in
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let plain = try TinyRun.configuration()
      let world = try #require(plain.data.makeWorld())
      var writer = try SessionWriter(path: "\(path)/log.jsonl")
      for index in 0..<300 {
        var session = world.session(index)
        session.feedback = ["click": session.feedback["click"] ?? []]
        if index < count { session.feedback["click"]?[0] = value }
        try writer.write(session)
      }
      try writer.finish()
      var configuration = plain
      configuration.data.replaceSource(bySessions: ["\(path)/log.jsonl"])
      try body(configuration, path)
    }
  }

  private func prepare(_ configuration: RunConfiguration, _ path: String) throws -> PreparedData {
    try PreparedData(
      configuration, objectives: try ObjectiveSet(configuration.objectives),
      directory: "\(path)/cache", workers: Workers(1))
  }

  private func check(_ configuration: RunConfiguration) throws -> TrainingCheck {
    try TrainingCheck(configuration, workers: Workers(1))
  }

  /// 3 of 1,200 values.
  @Test func fewOddValuesWithoutADeclarationAreRefusedByName() throws {
    try withLog(odd: 3) { configuration, path in
      let fault = try #require(throws: DataError.self) { try prepare(configuration, path) }
      for word in [
        "'click'", "3 of 1200 values", "2.0", "\"r0\"", "{click: binary}", "{click: number}",
      ] {
        #expect(fault.message.contains(word), "\(word): \(fault)")
      }
      #expect(try check(configuration).dataFaults == [fault.message])
    }
  }

  @Test func fewOddValuesOfADeclaredBinaryKindAreLeftOutAndReported() throws {
    try withLog(odd: 3) { given, path in
      var configuration = given
      configuration.schema.feedback = ["click": .binary]
      let data = try prepare(configuration, path)
      #expect(data.heads.map(\.kind) == [.binary])
      var unknown = 0
      for cache in [data.train, data.validation] {
        for session in try cache.sessions(at: Array(0..<cache.count)) {
          #expect(session.feedback[0].allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 })
          unknown += session.feedback[0].count { $0.isNaN }
        }
      }
      // The test part may hold some of them.
      #expect((1...3).contains(unknown))
      let check = try check(configuration)
      #expect(check.isSound)
      let texts = check.findings.filter { $0.title == "feedback" }.map(\.text)
      #expect(texts.contains { $0.contains("3 of 1200 values") && $0.contains("left out") })
      let notes = Notes()
      let context = RunContext(
        configuration: configuration, directory: try RunDirectory(path: "\(path)/run"),
        workers: Workers(1), interrupted: { nil }, note: { notes.add($0) })
      _ = try TrainingRun(context, force: true, stage: .evaluators).run()
      #expect(notes.all.contains { $0.contains("3 of 1200 values") })
    }
  }

  @Test func manyOddValuesOfADeclaredBinaryKindAreRefused() throws {
    try withLog(odd: 13) { given, path in
      var configuration = given
      configuration.schema.feedback = ["click": .binary]
      let fault = try #require(throws: DataError.self) { try prepare(configuration, path) }
      for word in ["'click'", "13 of 1200 values", "at most 1 %"] {
        #expect(fault.message.contains(word), "\(word): \(fault)")
      }
    }
  }

  @Test func manyOddValuesMakeANumber() throws {
    try withLog(odd: 13) { configuration, path in
      let data = try prepare(configuration, path)
      #expect(data.heads.map(\.kind) == [.number])
    }
  }

  @Test func aDeclaredNumberIsOneWhateverItsValues() throws {
    for odd in [0, 3] {
      try withLog(odd: odd) { given, path in
        var configuration = given
        configuration.schema.feedback = ["click": .number]
        let data = try prepare(configuration, path)
        #expect(data.heads.map(\.kind) == [.number])
        #expect(data.heads[0].unit != 1)
      }
    }
  }

  @Test func zerosAndOnesAreBinary() throws {
    try withLog(odd: 0) { configuration, path in
      let data = try prepare(configuration, path)
      #expect(data.heads.map(\.kind) == [.binary])
    }
  }

  @Test func aDeclaredKindThatTheLogLacksIsRefused() throws {
    try withLog(odd: 0) { given, path in
      var configuration = given
      configuration.schema.feedback = ["clik": .binary]
      let fault = try #require(throws: DataError.self) { try prepare(configuration, path) }
      #expect(fault.message.contains("schema.feedback: expected feedback of the training sessions"))
      #expect(fault.message.contains("(click), got 'clik'"))
    }
  }

  @Test func theSectionIsReadAndAnUnknownTypeRefused() throws {
    let set = try TinyRun.configuration(["schema.feedback={click: binary, dwell: number}"])
    #expect(set.schema.feedback == ["click": .binary, "dwell": .number])
    #expect(try set.resolved().contains("feedback:"))
    let plain = try TinyRun.configuration().resolved()
    #expect(!plain.contains("feedback:"))
    #expect(throws: (any Error).self) {
      try TinyRun.configuration(["schema.feedback={click: flag}"])
    }
  }
}
