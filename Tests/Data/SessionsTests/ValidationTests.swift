import Sessions
import TestSupport
import Testing

struct ValidationTests {
  @Test func aSoundFileIsCounted() throws {
    let folder = try TemporaryFolder()
    var generator = TestGenerator(seed: 2)
    let sessions = (0..<200).map { randomSession(&generator, $0) }
    try write(sessions, to: folder.path("s.gz"))
    let report = try validateSessions(path: folder.path("s.gz"))
    #expect(report.isSound && report.sessions == 200 && report.lines == 200)
    #expect(report.users == Set(sessions.map(\.request.user.id)).count)
    #expect(report.candidates == sessions.reduce(0) { $0 + $1.request.candidates.count })
    #expect(report.shown == sessions.reduce(0) { $0 + $1.shown.count })
    #expect(report.time?.least == sessions[0].time && report.time?.greatest == sessions[199].time)
    #expect(report.candidatesPerSession?.greatest == 8)
    #expect(report.withPropensity == sessions.count { $0.propensity != nil })
    let clicks = sessions.flatMap { $0.feedback["click"] ?? [] }
    #expect(report.feedback["click"]?.sum == Double(clicks.reduce(0, +)))
    #expect(report.feedback["click"]?.mean == Double(clicks.reduce(0, +)) / Double(clicks.count))
    #expect(report.repeatedIDs == 0)
    #expect(report.description.contains("sound sessions"))
  }

  @Test func fewOddValuesOfFeedbackAreTold() throws {
    let folder = try TemporaryFolder()
    var generator = TestGenerator(seed: 2)
    var sessions = (0..<300).map { randomSession(&generator, $0) }
    for place in sessions.indices {
      sessions[place].feedback["click"] = sessions[place].shown.map { _ in 0 }
      sessions[place].feedback["dwell"] = sessions[place].shown.map { _ in 2.5 }
    }
    let odd = try #require(sessions.firstIndex { !$0.shown.isEmpty })
    sessions[odd].feedback["click"]?[0] = 7
    try write(sessions, to: folder.path("s"))
    let report = try validateSessions(path: folder.path("s"))
    let remark = try #require(report.feedback["click"]?.remark)
    #expect(remark.contains("is neither 0 nor 1, the first 7 in line \(odd + 1)"))
    #expect(report.description.contains(remark) && report.isSound)
    // Where all are other numbers, they are numbers.
    #expect(report.feedback["dwell"]?.remark == nil)
  }

  @Test func everyFaultIsNamedOrCounted() throws {
    let folder = try TemporaryFolder()
    let sound = SessionJSONTests.sound
    let broken = sound.replacing("[1,0]", with: "[1,9]", maxReplacements: 1)
    let twice = sound.replacing("1.5", with: "null").replacing("\"u\"", with: "\"\"")
    let text = [sound, broken, "{", twice, "", broken, sound, "[]"].joined(separator: "\n")
    let path = try folder.file("s", text)

    let all = try validateSessions(path: path)
    #expect(all.lines == 8 && all.sessions == 2 && all.repeatedIDs == 1)
    #expect(all.faults.map(\.line) == [2, 3, 4, 4, 6, 8])
    #expect(
      all.faults.map(\.fault.pointer) == ["/shown/1", "", "/time", "/user/id", "/shown/1", ""])
    #expect(all.furtherFaults.isEmpty)

    let few = try validateSessions(path: path, limit: 1)
    #expect(few.faults.map(\.line) == [2])
    #expect(
      few.furtherFaults == ["(whole line)": 2, "/time": 1, "/user/id": 1, "/shown/*": 1])
    #expect(few.faultCount == all.faultCount)
    #expect(few.description.contains("further faults in /shown/*: 1"))
    #expect(few.description.contains("\(path):2: /shown/1: expected"))
  }

  @Test func endlessUnknownKeysAreCountedInBoundedMemory() throws {
    let folder = try TemporaryFolder()
    let text = (0..<500).map { "{\"key\($0)x\":1}" }.joined(separator: "\n")
    let report = try validateSessions(path: folder.file("s", text), limit: 0)
    #expect(report.furtherFaults.count <= 201)
    // The unknown key and the six fields that must be there.
    #expect(report.faultCount == 500 * 7)
  }
}
