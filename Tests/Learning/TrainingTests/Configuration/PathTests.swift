import DataSources
import Foundation
import Sessions
import TestSupport
import Testing
import Training

/// Paths in a file are relative to it, those of the command line to the working directory.
@Suite struct PathTests {
  private let rest = "objectives: [{name: click, predicted: click}]\n"

  @Test func pathsOfAFileAreRelativeToIt() throws {
    let folder = try TemporaryFolder()
    let text = "data: {sessions: [a.jsonl, ../b.jsonl, /c.jsonl]}\n" + rest
    let path = try folder.file("run.yaml", text + "training: {warm_start: {from: old}}\n")
    let read = try RunConfiguration(path: path)
    let parent = URL(fileURLWithPath: folder.path).deletingLastPathComponent().path
    #expect(read.data.sessions == [folder.path("a.jsonl"), "\(parent)/b.jsonl", "/c.jsonl"])
    #expect(read.training.warmStart?.from == folder.path("old"))
    // What a run records can be read from anywhere.
    let recorded = try folder.file("config.yaml", try read.resolved())
    #expect(try RunConfiguration(path: recorded) == read)
  }

  @Test func filesOfASplitAreToo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(
      "run.yaml", "data: {split: {files: {train: [t.gz], validation: [v.gz]}}}\n" + rest)
    var files = SplitFiles(train: [folder.path("t.gz")])
    files.validation = [folder.path("v.gz")]
    #expect(try RunConfiguration(path: path).data.split == .files(files))
  }

  @Test func pathsOfTheCommandLineAreRelativeToTheWorkingDirectory() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("run.yaml", "data: {sessions: [a.jsonl]}\n" + rest)
    let here = FileManager.default.currentDirectoryPath
    #expect(
      try RunConfiguration(path: path, overrides: ["data.sessions=[o.jsonl]"]).data.sessions
        == ["\(here)/o.jsonl"])
    #expect(
      try RunConfiguration(path: path, sessions: ["s.jsonl"]).data.sessions == ["\(here)/s.jsonl"])
  }
}
