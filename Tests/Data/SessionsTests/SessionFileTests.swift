import Sessions
import TestSupport
import Testing

struct SessionFileTests {
  @Test(arguments: ["s.jsonl", "s.jsonl.gz"])
  func writtenSessionsAreReadAgain(_ name: String) throws {
    let folder = try TemporaryFolder()
    var generator = TestGenerator(seed: 1)
    let sessions = (0..<300).map { randomSession(&generator, $0) }
    try write(sessions, to: folder.path(name))
    #expect(try SessionReader.all(path: folder.path(name)) == sessions)
  }

  @Test func theReaderNamesTheLineAndGoesOnBehindIt() throws {
    let folder = try TemporaryFolder()
    let sound = SessionJSONTests.sound
    let path = try folder.file("s", "\(sound)\n \n{\"id\":1\n\(sound)\n[]\n")
    var reader = try SessionReader(path: path)
    #expect(try reader.next() != nil)
    #expect {
      _ = try reader.next()
    } throws: { error in
      guard let fault = error as? LineError else { return false }
      return fault.line == 3 && fault.path == path && "\(fault)".hasPrefix("\(path):3: ")
        && "\(fault)".contains("byte 7")
    }
    #expect(try reader.next() != nil)
    #expect(reader.line == 4)
    #expect(throws: LineError.self) { _ = try reader.next() }
    #expect(try reader.next() == nil)
  }

  @Test func theWriterRefusesWhatTheReaderWould() throws {
    let folder = try TemporaryFolder()
    var writer = try SessionWriter(path: folder.path("s"))
    var session = plainSession("r", user: "u", time: 0)
    try writer.write(session)
    session.feedback = ["click": [.infinity]]
    #expect {
      try writer.write(session)
    } throws: {
      ($0 as? LineError)?.fault.pointer == "/feedback/click/0"
    }
    session.feedback = [:]
    session.time = .infinity
    #expect(throws: LineError.self) { try writer.write(session) }
    try writer.finish()
    #expect(writer.count == 1)
    #expect(try SessionReader.all(path: folder.path("s")).count == 1)
  }
}
