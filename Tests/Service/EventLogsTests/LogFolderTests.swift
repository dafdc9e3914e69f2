import EventLogs
import Foundation
import Sessions
import Testing

@Suite struct LogFolderTests {
  @Test func oneServiceAloneWritesIntoAFolder() throws {
    let folder = try TestFolder()
    let path = "\(folder.path)/a/b"
    do {
      let first = try LogFolder(path)
      let error = #expect(throws: FileError.self) { try LogFolder(path) }
      #expect(error?.description.contains("serving.log.folder") == true)
      withExtendedLifetime(first) {}
    }
    #expect(throws: Never.self) { try LogFolder(path) }
    // Nothing is left of the trial.
    #expect(try folder.files("/a/b").map { $0.hasSuffix("/.lock") } == [true])
  }

  @Test func aFolderThatCannotBeMadeIsAFault() throws {
    let folder = try TestFolder()
    try Data("x".utf8).write(to: "\(folder.path)/file".asFile)
    let error = #expect(throws: FileError.self) { try LogFolder("\(folder.path)/file/logs") }
    guard case .unwritable = error else {
      Issue.record("expected an unwritable folder, got \(error.map { "\($0)" } ?? "none")")
      return
    }
  }
}
