import ConfigurationFields
import Foundation
import Sessions
import Statistics
import TestSupport
import Testing

struct SplitTests {
  private func sessions(seed: UInt64, distinctTimes: Int = 200) -> [Session] {
    var generator = TestGenerator(seed: seed)
    return (0..<1000).map {
      plainSession(
        "r\($0)", user: "u\(generator.below(300))", time: Double(generator.below(distinctTimes)))
    }
  }

  private func parts(
    _ split: SessionSplit, _ sessions: [Session]
  ) throws -> [SplitPart: [Session]] {
    let folder = try TemporaryFolder()
    try write(Array(sessions[..<500]), to: folder.path("a"))
    try write(Array(sessions[500...]), to: folder.path("b.gz"))
    let assigner = try SplitAssigner.fit(split, paths: [folder.path("a"), folder.path("b.gz")])
    return Dictionary(grouping: sessions, by: assigner.part(of:))
  }

  private func count(_ parts: [SplitPart: [Session]], _ part: SplitPart) -> Int {
    parts[part]?.count ?? 0
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func timeNeverRunsBackwardsBetweenParts(_ seed: UInt64) throws {
    let parts = try parts(.time(), sessions(seed: seed))
    let times = parts.mapValues { $0.map(\.time) }
    let train = try #require(times[.train]?.max())
    let validation = try #require(times[.validation])
    let test = try #require(times[.test]?.min())
    #expect(try train < #require(validation.min()))
    #expect(try #require(validation.max()) < test)
    #expect(abs(count(parts, .train) - 800) <= 15)
    #expect(abs(count(parts, .validation) - 100) <= 20)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func noUserIsInTwoParts(_ seed: UInt64) throws {
    let parts = try parts(.user(seed: seed), sessions(seed: seed))
    let users = parts.mapValues { Set($0.map(\.request.user.id)) }
    let train = try #require(users[.train])
    let validation = try #require(users[.validation])
    let test = try #require(users[.test])
    #expect(train.isDisjoint(with: validation) && train.isDisjoint(with: test))
    #expect(validation.isDisjoint(with: test))
    #expect(abs(count(parts, .train) - 800) <= 120)
  }

  @Test func usersAreSharedOutByTheFractions() throws {
    let assigner = try SplitAssigner.fit(
      .user(SplitFractions(train: 0.6, validation: 0.3), seed: 4), paths: [])
    var counts: [SplitPart: Int] = [:]
    for number in 0..<20_000 {
      counts[assigner.part(of: plainSession("r", user: "u\(number)", time: 0)), default: 0] += 1
    }
    #expect(abs((counts[.train] ?? 0) - 12_000) < 300)
    #expect(abs((counts[.validation] ?? 0) - 6_000) < 300)
    #expect(abs((counts[.test] ?? 0) - 2_000) < 200)
  }

  @Test func theSeedChangesTheUsersOfAPartAndNothingElseDoes() throws {
    let all = sessions(seed: 1)
    let first = try parts(.user(seed: 1), all)
    #expect(try parts(.user(seed: 1), all) == first)
    #expect(try parts(.user(seed: 2), all) != first)
    let mirrored = try parts(.user(seed: 1), all.reversed()).mapValues(\.count)
    #expect(mirrored == first.mapValues(\.count))
  }

  @Test func aShareOfZeroGivesAnEmptyPart() throws {
    let all = sessions(seed: 3)
    for split in [
      SessionSplit.time(SplitFractions(train: 0.9, validation: 0.1)),
      .user(SplitFractions(train: 0.9, validation: 0.1)),
    ] {
      let parts = try parts(split, all)
      #expect(count(parts, .test) == 0 && count(parts, .validation) > 0)
    }
    let two = try parts(.time(SplitFractions(train: 0.7, validation: 0)), all)
    #expect(count(two, .validation) == 0 && count(two, .test) > 250)
    let one = try parts(.time(SplitFractions(train: 1, validation: 0)), all)
    #expect(count(one, .train) == 1000)
  }

  @Test func timesThatCannotBeDividedAreAFault() throws {
    #expect {
      _ = try parts(.time(), sessions(seed: 1, distinctTimes: 1))
    } throws: {
      ($0 as? FieldError)?.pointer == "/time/train"
    }
  }

  @Test func filesAreTheirParts() throws {
    let folder = try TemporaryFolder()
    let all = sessions(seed: 6)
    let names = ["train", "validation", "test"].map { folder.path($0) }
    try write(Array(all[..<700]), to: names[0])
    try write(Array(all[700..<900]), to: names[1])
    // One session is in two files: it must not train.
    try write(Array(all[899...]), to: names[2])
    let files = SplitFiles(train: [names[0]], validation: [names[1]], test: [names[2]])
    let assigner = try SplitAssigner.fit(.files(files), paths: [])
    let parts = all.map(assigner.part(of:))
    #expect(parts[..<700].allSatisfy { $0 == .train })
    #expect(parts[700..<899].allSatisfy { $0 == .validation })
    #expect(parts[899...].allSatisfy { $0 == .test })
    #expect(files[.validation] == [names[1]])
  }

  @Test(arguments: [
    (
      #"{"time":{"train":0.7,"validation":0.2}}"#,
      SessionSplit.time(.init(train: 0.7, validation: 0.2))
    ),
    (#"{"time":{}}"#, .time()), (#"{"user":{"seed":9}}"#, .user(seed: 9)),
    (#"{"files":{"train":["a"],"test":["b"]}}"#, .files(.init(train: ["a"], test: ["b"]))),
  ])
  func configurationsAreReadAndWritten(_ text: String, _ expected: SessionSplit) throws {
    let split = try JSONDecoder().decode(SessionSplit.self, from: Data(text.utf8))
    #expect(split == expected)
    #expect(
      try JSONDecoder().decode(SessionSplit.self, from: JSONEncoder().encode(split)) == split)
  }

  @Test(arguments: ["{}", #"{"time":{},"user":{}}"#, #"{"files":{}}"#, "3"])
  func otherConfigurationsAreRefused(_ text: String) {
    #expect(throws: (any Error).self) {
      try JSONDecoder().decode(SessionSplit.self, from: Data(text.utf8))
    }
  }

  @Test func impossibleSharesAreFaults() {
    func keys(_ split: SessionSplit) -> [String] {
      split.faults(at: "data.split", within: .any).map(\.key)
    }
    #expect(keys(.time(.init(train: 0))) == ["data.split.time.train"])
    #expect(keys(.user(.init(train: 0.9, validation: 0.2))) == ["data.split.user.validation"])
    #expect(
      keys(.time(.init(train: .nan, validation: -1)))
        == ["data.split.time.train", "data.split.time.validation"])
    #expect(keys(.files(.init(train: []))) == ["data.split.files.train"])
    #expect(keys(.time(.init(train: 0.9, validation: 0.1))).isEmpty)
  }

  @Test func fittedSplitsSurviveBeingStored() throws {
    let assigner = try SplitAssigner.fit(.user(seed: 5), paths: [])
    let stored = try JSONEncoder().encode(assigner)
    #expect(try JSONDecoder().decode(SplitAssigner.self, from: stored) == assigner)
  }

  @Test func theHashIsTheSameEverywhere() {
    // Computed once by another program from the definition; a change would break old splits.
    #expect(stableHash("") == 0x813f_0174_a236_7c13)
    #expect(stableHash("u17") == 0xc68d_569c_b669_c770)
    #expect(stableHash("é", seed: 42) == 0x41b4_bf41_b827_fe99)
  }
}
