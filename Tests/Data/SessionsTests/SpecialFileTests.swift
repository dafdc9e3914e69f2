import Foundation
import Sessions
import TestSupport
import Testing

/// Links, pipes and devices, as outputs and inputs.
struct SpecialFileTests {
  private func write(_ text: String, to path: String) throws {
    var writer = try LineWriter(path: path)
    try writer.write(text)
    try writer.finish()
  }

  private func makePipe(_ path: String) throws {
    let process = try Process.run(URL(fileURLWithPath: "/usr/bin/mkfifo"), arguments: [path])
    process.waitUntilExit()
  }

  @Test func aLinkStaysAndItsTargetIsReplaced() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(atPath: folder.path("far"), withIntermediateDirectories: false)
    try files.createSymbolicLink(atPath: folder.path("a"), withDestinationPath: "far/b")
    try files.createSymbolicLink(atPath: folder.path("far/b"), withDestinationPath: "c")
    for text in ["made", "replaced"] {
      try write(text, to: folder.path("a"))
      #expect(try lines(of: folder.path("far/c")) == [text])
      #expect(try files.destinationOfSymbolicLink(atPath: folder.path("a")) == "far/b")
      #expect(try files.contentsOfDirectory(atPath: folder.path("far")).sorted() == ["b", "c"])
    }
    #expect(isSameFile(folder.path("a"), folder.path("far/../far/c")))
    #expect(isSameFile(folder.path("new"), folder.path("./new")))
    #expect(!isSameFile(folder.path("a"), folder.path("d")))
  }

  @Test func linksInACircleFoldersAndEmptyPathsAreFaults() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("a"), withDestinationPath: "a")
    for path in [folder.path("a"), folder.path, ""] {
      #expect(throws: FileError.self) { try write("x", to: path) }
    }
    #expect(folder.names == ["a"])
  }

  @Test func aDeviceIsWrittenToAndStays() throws {
    try write("x", to: "/dev/null")
    #expect(isReadOnce("/dev/null") && !isSameFile("/dev/null", "/dev/null"))
  }

  @Test func aPipeGetsTheLinesAndIsReadOnceIntoACopy() async throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path("pipe")
    try makePipe(pipe)
    #expect(isReadOnce(pipe))
    let writing = Task.detached {
      var writer = try LineWriter(path: pipe)
      try writer.write("through")
      try writer.finish()
    }
    let inputs = try SpooledInputs([pipe])
    try await writing.value
    let copy = inputs.files[0].path
    #expect(inputs.files[0].name == pipe && copy != pipe)
    for _ in 0..<2 { #expect(try lines(of: copy) == ["through"]) }
    #expect(folder.names == ["pipe"])
  }

  @Test func copiesGoAwayAndFilesAreNotCopied() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("file", "a")
    #expect(try SpooledInputs([file]).files[0].path == file)
    let copy = try SpooledInputs(["/dev/null"]).files[0].path
    #expect(copy != "/dev/null" && !FileManager.default.fileExists(atPath: copy))
  }
}
